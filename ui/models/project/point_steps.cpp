#include "ui/models/project/point_steps.h"

#include <utility>

#include "ui/models/project/session.h"

namespace discern::ui {
namespace {
constexpr int kRestMs = 400;
constexpr std::size_t kMost = 100;
}  // namespace

PointSteps& PointSteps::of(Session& session) {
  auto* there = session.findChild<PointSteps*>(QString(), Qt::FindDirectChildrenOnly);
  return there != nullptr ? *there : *new PointSteps(session);
}

PointSteps::PointSteps(Session& session) : QObject(&session), session_(session), rested_(session.point()) {
  moving_.setSingleShot(true);
  moving_.setInterval(kRestMs);
  connect(&moving_, &QTimer::timeout, this, &PointSteps::rest);
  connect(&session, &Session::projectChanged, this, [this] {
    moving_.stop();
    earlier_.clear();
    later_.clear();
    rested_ = session_.point();
    emit changed();
  });
  connect(&session, &Session::pointChanged, this, [this] {
    if (stepping_) return;
    moving_.start();
    emit changed();
  });
}

void PointSteps::rest() {
  moving_.stop();
  const analysis::OperatingPoint& now = session_.point();
  if (now == rested_) return;
  const analysis::OperatingPoint left = std::exchange(rested_, now);
  // A first table is no choice of a hand: there is nothing to go back to.
  if (left.scores.empty() && left.features.empty()) return;
  earlier_.push_back(left);
  if (earlier_.size() > kMost) earlier_.erase(earlier_.begin());
  later_.clear();
  emit changed();
}

const analysis::OperatingPoint* PointSteps::next(bool back) const {
  if (session_.point() != rested_) return back ? &rested_ : nullptr;
  const auto& steps = back ? earlier_ : later_;
  return steps.empty() ? nullptr : &steps.back();
}

void PointSteps::step(bool back) {
  rest();
  auto &from = back ? earlier_ : later_, &to = back ? later_ : earlier_;
  if (from.empty()) return;
  const analysis::OperatingPoint wanted = from.back();
  from.pop_back();
  to.push_back(rested_);
  stepping_ = true;
  session_.setPoint(wanted);
  stepping_ = false;
  rested_ = session_.point();  // a table may be gone
  emit changed();
}

}  // namespace discern::ui
