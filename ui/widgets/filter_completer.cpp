#include "ui/widgets/filter_completer.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QStringListModel>
#include <utility>

#include "ui/models/images/filter_words.h"

namespace discern::ui {

FilterCompleter::FilterCompleter(QLineEdit& line, std::function<QStringList(const QString&)> complete)
    : QObject(&line),
      line_(line),
      complete_(std::move(complete)),
      terms_(new QStringListModel(this)),
      completer_(new QCompleter(terms_, this)) {
  completer_->setWidget(&line);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->setMaxVisibleItems(12);
  completer_->popup()->setObjectName(QStringLiteral("filterTerms"));
  completer_->popup()->setAccessibleName(tr("Terms that fit"));
  connect(&line, &QLineEdit::textEdited, this, &FilterCompleter::offer);
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterCompleter::take);
}

QStringList FilterCompleter::offered() const {
  return completer_->popup()->isVisible() ? terms_->stringList() : QStringList();
}

void FilterCompleter::offer() {
  const QString typed = tokenAt(line_.text(), line_.cursorPosition()).text;
  QStringList terms = complete_(typed);
  terms.removeAll(typed);
  if (terms.isEmpty()) {
    completer_->popup()->hide();
    return;
  }
  terms_->setStringList(terms);
  completer_->complete();
}

void FilterCompleter::take(const QString& term) {
  const FilterToken token = tokenAt(line_.text(), line_.cursorPosition());
  QString text = line_.text();
  const bool goesOn = term.endsWith(QLatin1Char(':')) || term.endsWith(QLatin1Char('<'));
  QString put = term;
  if (!goesOn && token.end == text.size()) put += QLatin1Char(' ');
  text.replace(token.start, token.end - token.start, put);
  line_.setText(text);
  line_.setCursorPosition(token.start + static_cast<int>(put.size()));
  if (goesOn) QMetaObject::invokeMethod(this, &FilterCompleter::offer, Qt::QueuedConnection);
}

}  // namespace discern::ui
