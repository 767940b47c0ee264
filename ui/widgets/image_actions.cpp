#include "ui/widgets/image_actions.h"

#include <QAction>
#include <QCompleter>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <algorithm>
#include <set>

#include "ui/charts/chart.h"
#include "ui/language/words.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/kind_words.h"
#include "ui/models/project/session.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

using project::LeftOut;
using project::Verdict;

ImageActions::ImageActions(Session& session, QWidget& window)
    : QObject(&session), session_(session), window_(window) {
  const auto one = [&](const char* name, const char* icon, const QString& text, const char* keys, auto work) {
    make(name, icon, text, QString::fromLatin1(keys), work);
  };
  one("leave-out-templates", "exclude", tr("Leave out of its {group}"), "X",
      &ImageActions::leaveOutOfTemplates);
  one("leave-out-everything", "close", tr("Leave out of &everything"), "Shift+X",
      &ImageActions::leaveOutOfEverything);
  one("take-back", "check", tr("Take back &in"), "B", &ImageActions::takeBack);
  one("move", "merge", tr("&Move to another {identity}…"), "M", &ImageActions::move);
  one("move-back", "previous", tr("Move back to its own {identity}"), "Shift+M", &ImageActions::moveBack);
  one("right", "check", tr("Mark &right"), "R", &ImageActions::right);
  one("wrong", "close", tr("Mark &wrong"), "W", &ImageActions::wrong);
  one("unsure", "help", tr("Mark &unsure"), "U", &ImageActions::unsure);
  one("no-verdict", "previous", tr("Take the verdict back"), "Shift+W", &ImageActions::noVerdict);
  one("tag", "settings", tr("&Tag…"), "T", &ImageActions::tag);
  one("note", "settings", tr("&Note…"), "N", &ImageActions::note);
  connect(&session_, &Session::selectionChanged, this, &ImageActions::update);
  connect(&session_, &Session::snapshotChanged, this, &ImageActions::update);
  connect(&session_, &Session::projectChanged, this, &ImageActions::update);
  update();
}

ImageActions* ImageActions::of(const Session& session) {
  return session.findChild<ImageActions*>(QString(), Qt::FindDirectChildrenOnly);
}

void ImageActions::make(const char* name, const char* iconName, const QString& text, const QString& keys,
                        void (ImageActions::*work)()) {
  auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, &window_);
  action->setObjectName(QString::fromLatin1(name));
  action->setProperty("words", text);
  action->setProperty("keys", keys);
  action->setShortcut(QKeySequence(keys));
  action->setShortcutContext(Qt::WindowShortcut);
  window_.addAction(action);
  connect(action, &QAction::triggered, this, work);
  actions_.push_back(action);
}

void ImageActions::addTo(QMenu& menu) const {
  for (QAction* action : actions_) {
    if (const QString name = action->objectName(); name == "move" || name == "right" || name == "tag")
      menu.addSeparator();
    menu.addAction(action);
  }
}

QAction* ImageActions::action(const QString& name) const {
  const auto found = std::ranges::find(actions_, name, &QAction::objectName);
  return found == actions_.end() ? nullptr : *found;
}

std::vector<int> ImageActions::samples() const {
  std::vector<int> chosen = session_.selection();
  if (chosen.empty() && session_.current() >= 0) chosen = {session_.current()};
  if (shows_) std::erase_if(chosen, [this](int sample) { return !shows_(sample); });
  if (const int other = chosen.empty() && otherwise_ ? otherwise_() : -1; other >= 0) chosen = {other};
  return chosen;
}

void ImageActions::setUsable(bool usable) {
  usable_ = usable;
  update();
}

void ImageActions::limitTo(const QObject* page, std::function<bool(int)> shows,
                           std::function<int()> otherwise) {
  if (!shows && page != limiting_) return;  // another one has taken over
  limiting_ = page;
  shows_ = std::move(shows);
  otherwise_ = std::move(otherwise);
  update();
}

void ImageActions::leaveKeys(const QStringList& keys) {
  for (QAction* action : actions_) {
    const QString own = action->property("keys").toString();
    action->setShortcut(keys.contains(own) ? QKeySequence() : QKeySequence(own));
  }
}

void ImageActions::update() {
  const auto chosen = samples();
  const auto snapshot = session_.snapshot();
  bool out = false, moved = false, judged = false;
  for (const int sample : chosen) {
    if (sample >= std::ssize(snapshot->samples)) continue;
    const auto& mark = snapshot->mark(sample);
    out = out || mark.leftOut != LeftOut::Nothing;
    moved = moved || mark.movedTo >= 0;
    judged = judged || mark.verdict != Verdict::None;
  }
  for (QAction* action : actions_) {
    const QString name = action->objectName();
    action->setText(inWords(session_.kind(), action->property("words").toString()));
    action->setEnabled(usable_ && !chosen.empty() &&
                       (name == "take-back"    ? out
                        : name == "move-back"  ? moved
                        : name == "no-verdict" ? judged
                                               : true));
  }
}

void ImageActions::leaveOutOfTemplates() {
  Decisions::of(session_).mark(samples(), {.leftOut = LeftOut::Templates});
}
void ImageActions::leaveOutOfEverything() {
  Decisions::of(session_).mark(samples(), {.leftOut = LeftOut::Everything});
}
void ImageActions::takeBack() { Decisions::of(session_).mark(samples(), {.leftOut = LeftOut::Nothing}); }
void ImageActions::moveBack() { Decisions::of(session_).mark(samples(), {.moveTo = -1}); }
void ImageActions::right() { Decisions::of(session_).mark(samples(), {.verdict = Verdict::Right}); }
void ImageActions::wrong() { Decisions::of(session_).mark(samples(), {.verdict = Verdict::Wrong}); }
void ImageActions::unsure() { Decisions::of(session_).mark(samples(), {.verdict = Verdict::Unsure}); }
void ImageActions::noVerdict() { Decisions::of(session_).mark(samples(), {.verdict = Verdict::None}); }

namespace {

// A line that completes what was typed before.
QString askFor(QWidget& window, const char* name, const QString& title, const QString& label,
               const QStringList& known, const QString& text = {}) {
  QInputDialog dialog(&window);
  dialog.setObjectName(QString::fromLatin1(name));
  dialog.setWindowTitle(title);
  dialog.setLabelText(label);
  dialog.setTextValue(text);
  if (auto* line = dialog.findChild<QLineEdit*>()) {
    auto* completer = new QCompleter(known, &dialog);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    line->setCompleter(completer);
  }
  return dialog.exec() == QDialog::Accepted ? dialog.textValue().trimmed() : QString();
}

}  // namespace

void ImageActions::move() {
  const auto chosen = samples();
  const auto snapshot = session_.snapshot();
  QStringList names;
  for (const auto& row : snapshot->identities)
    if (!row.excluded && row.mergedInto < 0)
      names << QString::fromStdString(row.set) + "/" + QString::fromStdString(row.name);
  const QString name =
      askFor(window_, "moveTo", tr("Move"),
             inWords(session_.kind(), tr("The {identity} that they are of (name, or SET/name):")), names);
  if (name.isEmpty()) return;
  try {
    Decisions::of(session_).mark(chosen,
                                 {.moveTo = analysis::identityNamed(session_.project(), name.toStdString())});
  } catch (const std::exception& error) {
    emit said(QString::fromUtf8(error.what()));
  }
}

void ImageActions::tag() {
  const auto chosen = samples();
  std::set<std::string> known;
  for (const auto& [sample, mark] : session_.snapshot()->marks)
    known.insert(mark.tags.begin(), mark.tags.end());
  QStringList words;
  for (const auto& tag : known) words << QString::fromStdString(tag);
  const QString text = askFor(window_, "tag", tr("Tag"),
                              tr("Words to find them by, with commas; -word takes one away:"), words);
  analysis::MarkEdit edit;
  for (const auto& word : analysis::tagsOf(text.toStdString()))
    (word.starts_with('-') ? edit.untags : edit.tags).push_back(word.substr(word.starts_with('-') ? 1 : 0));
  if (!edit.empty()) Decisions::of(session_).mark(chosen, edit);
}

void ImageActions::note() {
  const auto chosen = samples();
  if (chosen.empty()) return;
  const QString before = QString::fromStdString(session_.snapshot()->mark(chosen.front()).note);
  QInputDialog dialog(&window_);
  dialog.setObjectName("note");
  dialog.setWindowTitle(tr("Note"));
  dialog.setLabelText(inWords(session_.kind(), tr("A note about the {sample}:")));
  dialog.setOption(QInputDialog::UsePlainTextEditForTextInput);
  dialog.setTextValue(before);
  if (dialog.exec() != QDialog::Accepted || dialog.textValue() == before) return;
  Decisions::of(session_).mark(chosen, {.note = dialog.textValue().trimmed().toStdString()});
}

void addImageMenu(QMenu& menu, Session& session, int sample, std::function<void(int)> inspect) {
  if (sample >= 0) {
    if (!std::ranges::binary_search(session.selection(), sample)) session.select({sample}, sample);
    QObject::connect(menu.addAction(icon(QStringLiteral("inspector")), Words::tr("Show in Inspector")),
                     &QAction::triggered, &menu, [sample, inspect = std::move(inspect)] { inspect(sample); });
  }
  const ImageActions* actions = ImageActions::of(session);
  if (actions == nullptr || (sample < 0 && session.selection().empty())) return;
  if (!menu.isEmpty()) menu.addSeparator();
  actions->addTo(menu);
}

void addImageMenu(Chart& chart, Session& session, std::function<int(const QPoint&)> sampleAt,
                  std::function<void(int)> inspect) {
  chart.setContextMenuPolicy(Qt::CustomContextMenu);
  QObject::disconnect(&chart, &QWidget::customContextMenuRequested, nullptr, nullptr);
  QObject::connect(&chart, &QWidget::customContextMenuRequested, &chart,
                   [&chart, &session, sampleAt, inspect](const QPoint& at) {
                     auto* menu = new QMenu(&chart);
                     menu->setAttribute(Qt::WA_DeleteOnClose);
                     addImageMenu(*menu, session, sampleAt(at), inspect);
                     if (!menu->isEmpty()) menu->addSeparator();
                     menu->addActions(chart.makeMenu(menu)->actions());
                     menu->popup(chart.mapToGlobal(at));
                   });
}

}  // namespace discern::ui
