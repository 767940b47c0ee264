#include "ui/pages/selection/map_bar.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStringListModel>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/analysis/metadata.h"
#include "core/base/error.h"
#include "ui/models/images/sample_colours.h"
#include "ui/models/project/kind_words.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

const QString kOpenTable = QStringLiteral("open");  // the entry that asks for a CSV

QToolButton* makeToggle(const QString& name, const QString& picture, const QString& tip) {
  auto* button = new QToolButton;
  button->setObjectName(name);
  button->setIcon(icon(picture));
  button->setCheckable(true);
  button->setChecked(true);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  keepChoice(button);
  return button;
}

}  // namespace

MapBar::MapBar(Session& session, std::function<QStringList(const QString&)> complete, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      complete_(std::move(complete)),
      colour_(makeCombo("mapColour", tr("What the dots are coloured by"))),
      find_(new QLineEdit),
      names_(new QStringListModel(this)),
      completer_(new QCompleter(names_, this)),
      pictures_(makeToggle("mapPictures", "image",
                           tr("Pictures in place of dots, where one is so near that few are seen"))),
      greys_(makeToggle("mapGreys", "selection", tr("What lambda discards is grey"))),
      said_(mutedNote("mapSaid")),
      fill_(*this, [this] { fill(); }) {
  letShrink(colour_, 6);
  find_->setObjectName("mapFind");
  find_->setClearButtonEnabled(true);
  find_->setMinimumWidth(60);
  followKind(session, find_, [this](const data::GroupKind& kind) {
    find_->setPlaceholderText(inWords(kind, tr("Find {a identity} or a file")));
    find_->setAccessibleName(find_->placeholderText());
  });
  completer_->setWidget(find_);
  completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  completer_->popup()->setObjectName("mapNames");
  said_->hide();
  auto* row = new QHBoxLayout;
  row->setContentsMargins(6, 4, 6, 0);
  row->setSpacing(4);
  row->addWidget(colour_, 2);
  row->addWidget(find_, 3);
  row->addWidget(pictures_);
  row->addWidget(greys_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addLayout(row);
  layout->addWidget(said_);
  connect(colour_, &QComboBox::activated, this, &MapBar::choose);
  connect(find_, &QLineEdit::textEdited, this, &MapBar::offer);
  connect(find_, &QLineEdit::textChanged, this, &MapBar::forgetSearch);
  connect(find_, &QLineEdit::returnPressed, this, [this] {
    completer_->popup()->hide();
    emit asked(find_->text().trimmed());
  });
  connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, [this](const QString& name) {
    find_->setText(name);
    emit asked(name);
  });
  for (auto* button : {pictures_, greys_})
    connect(button, &QToolButton::toggled, this, &MapBar::looksChanged);
  connect(&session_, &Session::snapshotChanged, &fill_, &WhenSeen::ask);
  connect(&session_, &Session::projectChanged, &fill_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::colourChanged, &fill_, &WhenSeen::ask);
  fill_.ask();
}

QString MapBar::colour() const { return colour_->currentData().toString(); }
bool MapBar::pictures() const { return pictures_->isChecked(); }
bool MapBar::greys() const { return greys_->isChecked(); }

void MapBar::sayOfSearch(const QString& sentence) {
  say(sentence);
  ofSearch_ = !sentence.isEmpty();
}

void MapBar::forgetSearch() {
  if (ofSearch_) say({});
}

void MapBar::say(const QString& sentence) {
  ofSearch_ = false;
  said_->setText(sentence);
  said_->setVisible(!sentence.isEmpty());
}

void MapBar::fill() {
  const auto snapshot = session_.snapshot();
  QStringList columns;
  if (!source_.metadata().isEmpty()) {
    try {
      columns = toList(analysis::labelColumns(source_.metadata().toStdString()));
    } catch (const Error& error) {
      say(QString::fromUtf8(error.what()));
    }
  }
  const QString before = colour();
  const QSignalBlocker blocker(colour_);
  colour_->clear();
  for (const auto& [key, title] :
       colourChoices(*snapshot, toList(analysis::ownColumns(snapshot->samples)), columns))
    colour_->addItem(inWords(*snapshot->kind, title), key);
  colour_->insertSeparator(colour_->count());
  colour_->addItem(tr("a column of a table…"), kOpenTable);
  colour_->setCurrentIndex(std::max(0, colour_->findData(source_.colour())));
  if (colour() != before) emit colourChanged();
}

void MapBar::choose() {
  if (colour() == kOpenTable) return askTable();
  say({});
  source_.setColour(colour());
  emit colourChanged();
}

void MapBar::askTable() {
  fill();  // the entry is none to stay on
  auto* dialog =
      new QFileDialog(this, tr("A table of what is known of each image"),
                      source_.metadata().isEmpty() ? session_.folder() : QFileInfo(source_.metadata()).path(),
                      tr("Tables (*.csv *.tsv *.txt);;All files (*)"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    try {
      const auto columns = analysis::labelColumns(file.toStdString());
      say({});
      source_.setMetadata(file);
      source_.setColour("table:" + QString::fromStdString(columns.front()));
    } catch (const Error& error) {
      say(QString::fromUtf8(error.what()));
    }
  });
  dialog->open();
}

void MapBar::offer(const QString& typed) {
  const QStringList names = complete_(typed.trimmed());
  if (names.isEmpty()) return completer_->popup()->hide();
  names_->setStringList(names);
  completer_->complete();
}

}  // namespace discern::ui
