#include "ui/window/contents_window.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTimer>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/described.h"
#include "core/base/error.h"
#include "core/results/printed.h"
#include "core/results/upkeep.h"
#include "ui/language/words.h"
#include "ui/models/live/job_requests.h"
#include "ui/models/project/session.h"
#include "ui/widgets/card.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

using project::Entry;

enum Column { Name, About, State };
constexpr int kTypingMs = 300;
constexpr int kIndexRole = Qt::UserRole + 1;  // in entries_; a heading has -1
constexpr int kKindRole = Qt::UserRole + 2;

QString textOf(const std::string& text) { return QString::fromStdString(text); }

// The nearest folder above that is there: where to begin to look for what was moved.
QString nearest(QString folder) {
  while (!folder.isEmpty() && !QFileInfo(folder).isDir()) {
    const QString above = QFileInfo(folder).path();
    if (above == folder) break;
    folder = above;
  }
  return folder;
}

template <class R>
std::optional<R> readResult(const QByteArray& line) {
  try {
    return fromJsonText<R>({line.constData(), std::size_t(line.size())}, "the result of a job");
  } catch (const Error&) {
    return std::nullopt;
  }
}

QString oneOrMany(std::size_t count, const QString& one, const QString& many) {
  return count == 1 ? one : many.arg(qint64(count));
}

QString toldOf(const results::RefreshResult& result) {
  const auto files = std::size_t(result.files);
  if (result.replaced.empty() && result.missing.empty())
    return oneOrMany(files, Words::tr("1 file was looked at; all are there and as they were."),
                     Words::tr("%L1 files were looked at; all are there and as they were."));
  QStringList parts;
  if (!result.replaced.empty())
    parts << oneOrMany(result.replaced.size(), Words::tr("1 file was replaced, such as %2"),
                       Words::tr("%L1 files were replaced, such as %2"))
                 .replace("%2", textOf(result.replaced.front()));
  if (!result.missing.empty())
    parts << oneOrMany(result.missing.size(), Words::tr("1 file is missing, such as %2"),
                       Words::tr("%L1 files are missing, such as %2"))
                 .replace("%2", textOf(result.missing.front()));
  const QString text =
      oneOrMany(files, Words::tr("1 file looked at: %2."), Words::tr("%L1 files looked at: %2."))
          .replace("%2", parts.join("; "));
  return result.replaced.empty()
             ? text
             : Words::tr("%1 What is old now is marked; Make again brings it up to date.").arg(text);
}

QString toldOf(const results::RepointResult& result) {
  QStringList sentences{oneOrMany(std::size_t(result.files), Words::tr("1 file was found at the new place."),
                                  Words::tr("%L1 files were found at the new place."))};
  if (!result.missing.empty())
    sentences << oneOrMany(result.missing.size(),
                           Words::tr("1 is not there and stays as it was, such as %2."),
                           Words::tr("%L1 are not there and stay as they were, such as %2."))
                     .replace("%2", textOf(result.missing.front()));
  if (!result.replaced.empty())
    sentences << oneOrMany(result.replaced.size(),
                           Words::tr("1 has other contents than before: what is old now is marked."),
                           Words::tr("%L1 have other contents than before: what is old now is marked."));
  return sentences.join(' ');
}

}  // namespace

ContentsWindow::ContentsWindow(Session& session, JobRunner& runner, QWidget* parent)
    : QDialog(parent), session_(session), runner_(runner), fill_(*this, [this] { fill(); }) {
  setObjectName("contents");
  resize(760, 560);
  makeActions();
  tree_ = buildTree();
  said_ = mutedNote("contentsSaid");
  said_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  said_->hide();
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(buildTools());
  layout->addWidget(tree_, 1);
  layout->addWidget(said_);
  layout->addWidget(buildButtons());
  connectAll();
  fill_.ask();
}

void ContentsWindow::makeActions() {
  const auto make = [this](const char* name, const char* iconName, const QString& text, const QString& tip,
                           const QKeySequence& keys = {}) {
    auto* action = new QAction(icon(iconName), text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(keys.isEmpty() ? tip
                                      : tip + QString(" (%1)").arg(keys.toString(QKeySequence::NativeText)));
    addAction(action);
    return action;
  };
  rename_ = make("rename", "table", tr("Re&name"),
                 tr("Another name, here and wherever the project speaks of it"), QKeySequence(Qt::Key_F2));
  remove_ = make("remove", "close", tr("&Remove…"),
                 tr("Out of the project, with what was made of it; says what that is before anything goes"),
                 QKeySequence::Delete);
  moved_ = make("moved", "folder", tr("The folder was &moved…"),
                tr("Says where the images of the chosen set are now"));
  look_ = make("look", "search", tr("&Look for replaced or missing files"),
               tr("Compares every image file with what it was when the project met it"));
  again_ = make("again", "refresh", tr("Make &again"),
                tr("Makes what is old again, with the options it was made with: the chosen ones, else all"));
  export_ = make("exportModel", "export", tr("Export as &ONNX…"),
                 tr("A file that other programs run, compared with the network before it is kept"));
}

QTreeWidget* ContentsWindow::buildTree() {
  auto* tree = new QTreeWidget;
  tree->setObjectName("contentsTree");
  tree->setAccessibleName(tr("What is in the project"));
  tree->setHeaderLabels({tr("Name"), tr("What it is"), tr("State")});
  tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
  tree->setEditTriggers(QAbstractItemView::NoEditTriggers);  // the action begins it, in the column of names
  tree->setContextMenuPolicy(Qt::ActionsContextMenu);
  tree->setAlternatingRowColors(true);
  tree->setUniformRowHeights(true);
  tree->addActions({rename_, remove_, export_, moved_, again_});
  tree->header()->setStretchLastSection(true);
  return tree;
}

QWidget* ContentsWindow::buildTools() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  for (QAction* action : {look_, moved_, again_}) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layout->addWidget(button);
  }
  layout->addStretch(1);
  return row;
}

QWidget* ContentsWindow::buildButtons() {
  auto* row = new QWidget;
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  for (QAction* action : {rename_, remove_, export_}) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    layout->addWidget(button);
  }
  layout->addStretch(1);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);  // Enter ends the editing of a name
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
  layout->addWidget(buttons);
  return row;
}

void ContentsWindow::connectAll() {
  connect(&session_, &Session::snapshotChanged, &fill_, &WhenSeen::ask);
  connect(&session_, &Session::projectChanged, this, [this] {
    jobs_.clear();
    say({});
    if (!session_.isOpen()) close();
    fill_.ask();
  });
  connect(tree_, &QTreeWidget::itemSelectionChanged, this, &ContentsWindow::showActions);
  connect(tree_, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
    if (!filling_ && column == Name) renamed(item);
  });
  connect(rename_, &QAction::triggered, this, [this] {
    const auto items = tree_->selectedItems();
    if (items.size() == 1) tree_->editItem(items.front(), Name);
  });
  connect(remove_, &QAction::triggered, this, &ContentsWindow::askRemove);
  connect(export_, &QAction::triggered, this, &ContentsWindow::askExport);
  connect(moved_, &QAction::triggered, this, [this] { askWhereMoved({}); });
  connect(look_, &QAction::triggered, this, &ContentsWindow::lookForFiles);
  connect(again_, &QAction::triggered, this, &ContentsWindow::makeAgain);
  connect(&runner_, &JobRunner::jobEvent, this, &ContentsWindow::onEvent);
  connect(&runner_, &JobRunner::jobFinished, this, &ContentsWindow::onFinished);
}

// --- the list

void ContentsWindow::fill() {
  if (tree_->viewport()->findChild<QLineEdit*>() != nullptr) {  // a name is being typed
    QTimer::singleShot(kTypingMs, this, [this] { fill_.ask(); });
    return;
  }
  std::vector<project::Made> kept;
  for (const ContentsEntry* entry : chosen()) kept.push_back(entry->what);
  const bool first = tree_->topLevelItemCount() == 0;
  QStringList closed;
  for (int i = 0; i < tree_->topLevelItemCount(); ++i)
    if (!tree_->topLevelItem(i)->isExpanded())
      closed << tree_->topLevelItem(i)->data(Name, kKindRole).toString();
  if (first) closed << nameOf(Entry::Run);  // there are many, and few are looked for
  entries_.clear();
  stale_.clear();
  setWindowTitle(tr("Contents of the project"));
  if (session_.isOpen()) {
    setWindowTitle(tr("Contents of %1").arg(QFileInfo(session_.folder()).completeBaseName()));
    try {
      stale_ = stalePartsOf(session_.project());
      entries_ = contentsOf(session_.project(), *session_.snapshot(), stale_);
    } catch (const Error& e) {
      say(QString::fromUtf8(e.what()), true);
    }
  }
  filling_ = true;
  tree_->clear();
  for (const auto& kind : namesOf(Entry{})) {
    addKind(kind.value, kept);
    if (tree_->topLevelItemCount() == 0) continue;
    auto* heading = tree_->topLevelItem(tree_->topLevelItemCount() - 1);
    heading->setExpanded(!closed.contains(heading->data(Name, kKindRole).toString()));
  }
  for (const int column : {Name, About}) tree_->resizeColumnToContents(column);
  tree_->setColumnWidth(Name, std::clamp(tree_->columnWidth(Name), 160, 300));
  filling_ = false;
  showActions();
}

void ContentsWindow::addKind(Entry kind, const std::vector<project::Made>& kept) {
  QTreeWidgetItem* heading = nullptr;
  for (int i = 0; i < int(entries_.size()); ++i) {
    const ContentsEntry& entry = entries_[std::size_t(i)];
    if (entry.what.entry != kind) continue;
    if (heading == nullptr) {
      heading = new QTreeWidgetItem(tree_);
      heading->setFlags(Qt::ItemIsEnabled);
      heading->setData(Name, kKindRole, nameOf(kind));
      heading->setData(Name, kIndexRole, -1);
      QFont bold = tree_->font();
      bold.setBold(true);
      heading->setFont(Name, bold);
    }
    auto* item = new QTreeWidgetItem(heading);
    item->setText(Name, textOf(entry.what.name));
    item->setText(About, entry.about);
    item->setText(State, entry.old.isEmpty() ? QString() : tr("old: %1").arg(entry.old));
    if (!entry.old.isEmpty()) item->setIcon(State, icon("warning"));
    item->setData(Name, kIndexRole, i);
    if (kind != Entry::Run) item->setFlags(item->flags() | Qt::ItemIsEditable);
    item->setSelected(std::ranges::find(kept, entry.what) != kept.end());
  }
  if (heading != nullptr)
    heading->setText(Name, QString("%1 (%2)").arg(titleOf(kind)).arg(heading->childCount()));
}

const ContentsEntry* ContentsWindow::entryOf(const QTreeWidgetItem* item) const {
  const int index = item->data(Name, kIndexRole).toInt();
  return index >= 0 && index < int(entries_.size()) ? &entries_[std::size_t(index)] : nullptr;
}

std::vector<const ContentsEntry*> ContentsWindow::chosen() const {
  std::vector<const ContentsEntry*> chosen;
  for (const QTreeWidgetItem* item : tree_->selectedItems())
    if (const ContentsEntry* entry = entryOf(item)) chosen.push_back(entry);
  return chosen;
}

void ContentsWindow::showActions() {
  const auto entries = chosen();
  const auto sets =
      std::ranges::count_if(entries_, [](const auto& entry) { return entry.what.entry == Entry::Set; });
  const bool one = entries.size() == 1;
  rename_->setEnabled(one && entries.front()->what.entry != Entry::Run);
  remove_->setEnabled(!entries.empty());
  moved_->setEnabled(sets == 1 || (one && entries.front()->what.entry == Entry::Set));
  look_->setEnabled(sets > 0);
  again_->setEnabled(!stale_.empty());
  export_->setEnabled(one && entries.front()->what.entry == Entry::Network);
}

// --- what it asks for

void ContentsWindow::run(const std::vector<JobRequest>& requests) {
  if (!session_.isOpen() || requests.empty()) return;
  say({});
  for (const int id : runner_.enqueueChain(session_.folder(), requests)) jobs_.push_back(id);
}

// The list shows the new name as soon as the project has it.
void ContentsWindow::renamed(QTreeWidgetItem* item) {
  const ContentsEntry* entry = entryOf(item);
  if (entry == nullptr) return;
  const QString from = textOf(entry->what.name), to = item->text(Name).trimmed();
  {
    const QSignalBlocker quiet(tree_);
    item->setText(Name, from);
  }
  if (to.isEmpty() || to == from) return;
  run({{"rename", {"--kind", nameOf(entry->what.entry), "--name", from, "--to", to}}});
}

void ContentsWindow::askRemove() {
  const auto entries = chosen();
  if (entries.empty()) return;
  std::vector<project::Made> asked, all;
  try {
    for (const ContentsEntry* entry : entries) {
      asked.push_back(entry->what);
      for (const auto& one : removalOf(session_.project(), entry->what))
        if (std::ranges::find(all, one) == all.end()) all.push_back(one);
    }
  } catch (const Error& e) {
    return say(QString::fromUtf8(e.what()), true);
  }
  const auto& what = entries.front()->what;
  auto* box = new QMessageBox(QMessageBox::Warning, tr("Remove from the project"),
                              entries.size() == 1
                                  ? tr("Remove the %1 “%2”?").arg(wordOf(what.entry), textOf(what.name))
                                  : tr("Remove these %1 parts of the project?").arg(entries.size()),
                              QMessageBox::Cancel, this);
  box->setObjectName("askRemove");
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setInformativeText(consequencesOf(session_.project(), *session_.snapshot(), asked, all).join('\n'));
  auto* remove = box->addButton(all.size() == 1 ? tr("Remove") : tr("Remove all %1").arg(all.size()),
                                QMessageBox::DestructiveRole);
  remove->setObjectName("confirmRemove");
  box->setDefaultButton(QMessageBox::Cancel);
  connect(remove, &QPushButton::clicked, this, [this, all] {
    std::vector<JobRequest> requests;
    for (const auto& one : all)
      requests.push_back({"remove", {"--kind", nameOf(one.entry), "--name", textOf(one.name)}});
    run(requests);
  });
  box->open();
}

void ContentsWindow::askExport() {
  const auto entries = chosen();
  if (entries.size() != 1) return;
  const QString name = textOf(entries.front()->what.name);
  auto* dialog = new QFileDialog(this, tr("Export “%1” as ONNX").arg(name), session_.folder() + "/exports",
                                 tr("ONNX (*.onnx)"));
  dialog->setObjectName("exportModelTo");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix("onnx");
  dialog->selectFile(name + ".onnx");
  connect(dialog, &QFileDialog::fileSelected, this, [this, name](const QString& file) {
    run({{"export-model", {"--network", name, "--out", file}}});
  });
  dialog->open();
}

void ContentsWindow::makeAgain() {
  std::vector<project::Stale> wanted;
  for (const ContentsEntry* entry : chosen())
    for (const auto& part : stale_)
      if (part.kind == nameOf(entry->what.entry) && part.name == entry->what.name) wanted.push_back(part);
  const auto requests =
      againRequests(session_.project(), *session_.snapshot(), wanted.empty() ? stale_ : wanted);
  if (requests.empty())
    return say(tr("How the old parts were made is not on record; make them on their pages."), true);
  run(requests);
}

void ContentsWindow::lookForFiles() {
  show();
  raise();
  run({{"refresh", {}}});
}

void ContentsWindow::askWhereMoved(const QString& asked) {
  show();
  raise();
  QString set = asked;
  if (set.isEmpty())
    for (const ContentsEntry* entry : chosen())
      if (entry->what.entry == Entry::Set) set = textOf(entry->what.name);
  QStringList sets;
  for (const ContentsEntry& entry : entries_)
    if (entry.what.entry == Entry::Set) sets << textOf(entry.what.name);
  if (set.isEmpty() && sets.size() == 1) set = sets.front();
  if (set.isEmpty()) return say(tr("Choose the set whose folder was moved."));
  const QString was = folderOf(*session_.snapshot(), set);
  auto* dialog = new QFileDialog(this, tr("Where the images of “%1” are now (they were in %2)").arg(set, was),
                                 nearest(was));
  dialog->setObjectName("whereMoved");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this, set](const QString& folder) {
    run({{"repoint", {"--set", set, "--to", folder}}});
  });
  dialog->open();
}

// --- what comes of it

void ContentsWindow::onEvent(int id, const JobEvent& event) {
  if (event.kind != JobEvent::Kind::Result || std::ranges::find(jobs_, id) == jobs_.end()) return;
  if (event.text == "refresh") {
    if (const auto result = readResult<results::RefreshResult>(event.line)) say(toldOf(*result));
  } else if (event.text == "repoint") {
    if (const auto result = readResult<results::RepointResult>(event.line)) say(toldOf(*result));
  } else if (event.text == "export-model") {
    if (const auto result = readResult<results::ExportModelResult>(event.line))
      say(tr("%1 is written: on %2 inputs it says what the network says.")
              .arg(textOf(result->file))
              .arg(result->compared));
  }
}

void ContentsWindow::onFinished(int id) {
  if (std::ranges::find(jobs_, id) == jobs_.end()) return;
  if (const Job* job = runner_.find(id); job->state == Job::State::Failed) say(job->error, true);
  session_.reload();
}

void ContentsWindow::say(const QString& text, bool isProblem) {
  said_->setText(text);
  said_->setVisible(!text.isEmpty());
  said_->setProperty("muted", !isProblem);
  said_->setProperty("problem", isProblem);
  said_->style()->polish(said_);
}

QString ContentsWindow::said() const { return said_->isHidden() ? QString() : said_->text(); }

}  // namespace discern::ui
