// Work off the window's thread where only the newest answer counts.
#pragma once

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "ui/models/live/workers.h"

namespace discern::ui {

// run(work, done): `work(stopped)` on a pool thread, then `done(result)` on this thread, unless a newer run()
// or cancel() came in between or this object is gone. Long work asks stopped() now and then. An exception
// goes to `failed` with its message. Capture by value (shared_ptr): the window may have moved on.
class LatestTask : public QObject {
 public:
  using QObject::QObject;
  ~LatestTask() override { cancel(); }

  using Stopped = std::function<bool()>;

  template <typename Work, typename Done>
  void run(Work work, Done done, std::function<void(const std::string&)> failed = {}) {
    cancel();
    auto cancelled = std::make_shared<std::atomic<bool>>(false);
    cancelled_ = cancelled;
    using Result = std::invoke_result_t<Work, Stopped>;
    QPointer<LatestTask> self(this);
    workers().start([=]() mutable {
      const Stopped stopped = [cancelled] { return cancelled->load(); };
      auto outcome = std::make_shared<std::variant<std::monostate, Result, std::string>>();
      if (!stopped()) {
        try {
          outcome->template emplace<1>(work(stopped));
        } catch (const std::exception& error) {
          outcome->template emplace<2>(error.what());
        }
      }
      // Posted to the application, for `self` may die in its own thread while this one looks at it.
      QMetaObject::invokeMethod(
          qApp,
          [=]() mutable {
            if (!self || *cancelled) return;
            self->cancelled_.reset();
            if (outcome->index() == 1)
              done(std::move(std::get<1>(*outcome)));
            else if (outcome->index() == 2 && failed)
              failed(std::get<2>(*outcome));
          },
          Qt::QueuedConnection);
    });
  }
  void cancel() {
    if (cancelled_) *cancelled_ = true;
    cancelled_.reset();
  }
  bool busy() const { return cancelled_ != nullptr; }

 private:
  std::shared_ptr<std::atomic<bool>> cancelled_;
};

}  // namespace discern::ui
