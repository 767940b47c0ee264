#include "ui/pages/data_page.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <unordered_set>

#include "core/analysis/settings.h"
#include "ui/language/words.h"
#include "ui/models/images/duplicates.h"
#include "ui/models/images/identity_model.h"
#include "ui/models/live/job_watch.h"
#include "ui/models/project/counts.h"
#include "ui/models/project/decisions.h"
#include "ui/models/project/session.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/pages.h"
#include "ui/widgets/card.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/duplicates_panel.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/filter_completer.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/image_actions.h"
#include "ui/widgets/sample_list.h"
#include "ui/widgets/thumbnail_loader.h"
#include "ui/widgets/views_button.h"

namespace discern::ui {
namespace {

constexpr int kTypingMs = 60;  // between two keys of a word

}  // namespace

DataPage::DataPage(Session& session, JobRunner* runner, QWidget* parent)
    : Page(session, parent),
      source_(TableSource::of(session)),
      table_(*this, [this] { tableChanged(); }),
      refresh_(*this, [this] { refreshLater(); }),
      follow_(*this, [this] { source_.followThreshold(); }),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(QStringLiteral("data"), {}, {}, {}, this)),
      later_(new QTimer(this)) {
  later_->setSingleShot(true);
  later_->setInterval(kTypingMs);
  auto* content = new QWidget(this);
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(16, 12, 16, 10);
  layout->setSpacing(10);
  layout->addWidget(makeBar());
  filterError_ = new QLabel(content);
  filterError_->setObjectName(QStringLiteral("muted"));
  filterError_->setWordWrap(true);
  filterError_->hide();
  layout->addWidget(filterError_);

  gallery_ = new GalleryView(session, ThumbnailLoader::of(session), content);
  gallery_->setAccessibleName(tr("{Samples}"));
  list_ = new SampleList(session, ThumbnailLoader::of(session), content);
  list_->setObjectName(QStringLiteral("samples"));
  list_->setAccessibleName(tr("{Samples} as a table"));
  views_ = new QStackedWidget(content);
  views_->addWidget(gallery_);
  views_->addWidget(list_);
  auto* splitter = new QSplitter(Qt::Horizontal, content);
  splitter->setObjectName("columns");
  splitter->setChildrenCollapsible(false);
  splitter->setHandleWidth(12);
  splitter->addWidget(makeIdentities());
  splitter->addWidget(cardAround(views_, content));
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({360, 900});
  layout->addWidget(splitter, 1);
  counts_ = new QLabel(content);
  counts_->setObjectName(QStringLiteral("muted"));
  layout->addWidget(counts_);

  stack_->addWidget(empty_);
  stack_->addWidget(content);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(stack_);
  if (runner != nullptr)
    filling_ = new JobWatch(session, *runner, {QStringLiteral("run"), QStringLiteral("import")}, this);
  connectAll();
  tableChanged();
}

QWidget* DataPage::makeBar() {
  auto* bar = new QWidget(this);
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  filterLine_ = new QLineEdit(bar);
  filterLine_->setObjectName(QStringLiteral("filter"));
  filterLine_->setPlaceholderText(tr("Filter {samples}:  score<0.3  identity:smith  status:scored"));
  filterLine_->setToolTip(Filter::help());
  filterLine_->setClearButtonEnabled(true);
  filterLine_->setAccessibleName(tr("Filter"));
  new FilterCompleter(*filterLine_, [this](const QString& typed) { return filterWords_.complete(typed); });
  filterLine_->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  sort_ = new QComboBox(bar);
  sort_->setObjectName(QStringLiteral("sort"));
  for (Field field :
       {Field::Score, Field::Percentile, Field::Ratio, Field::Own, Field::Hardest, Field::Id, Field::File,
        Field::Set, Field::Role, Field::HardestIdentity, Field::Status, Field::Media, Field::Damage}) {
    const QString name = fieldName(field);
    sort_->addItem(engineText(name.left(1).toUpper() + name.mid(1)), static_cast<int>(field));
  }
  sort_->setToolTip(tr("Order of the {samples} within a group"));
  sort_->setAccessibleName(tr("Sort"));
  descending_ = new QToolButton(bar);
  descending_->setObjectName(QStringLiteral("descending"));
  descending_->setIcon(icon(QStringLiteral("sort")));
  descending_->setCheckable(true);
  descending_->setToolTip(tr("Largest first"));
  descending_->setAccessibleName(tr("Largest first"));
  group_ = new QComboBox(bar);
  group_->setObjectName(QStringLiteral("group"));
  group_->addItem(tr("{Identity}"), static_cast<int>(Grouping::Identity));
  group_->addItem(tr("{Group}"), static_cast<int>(Grouping::Template));
  group_->addItem(tr("None"), static_cast<int>(Grouping::None));
  group_->setAccessibleName(tr("Group"));
  group_->setToolTip(tr("What the gallery is grouped by. {Groups} are those of the chosen protocol."));
  size_ = new QSlider(Qt::Horizontal, bar);
  size_->setRange(48, 224);
  size_->setValue(96);
  size_->setFixedWidth(110);
  size_->setToolTip(tr("Size of the {subjects}"));
  size_->setAccessibleName(tr("Size of the {subjects}"));
  asTable_ = new QToolButton(bar);
  asTable_->setObjectName(QStringLiteral("asTable"));
  asTable_->setIcon(icon(QStringLiteral("table")));
  asTable_->setCheckable(true);
  asTable_->setToolTip(tr("As a table with every number"));
  asTable_->setAccessibleName(tr("As a table"));
  size_->setObjectName(QStringLiteral("thumbnailSize"));
  for (QWidget* choice : std::initializer_list<QWidget*>{sort_, descending_, group_, size_, asTable_})
    keepChoice(choice);
  saved_ = new ViewsButton(
      session_, [this] { return viewNow(); }, [this](const SavedView& view) { showView(view); }, bar);
  connect(saved_, &ViewsButton::failed, this, [this](const QString& text) {
    filterError_->setText(text);
    filterError_->show();
  });
  layout->addWidget(filterLine_, 1);
  layout->addWidget(saved_);
  layout->addSpacing(8);
  layout->addWidget(new QLabel(tr("Sort"), bar));
  layout->addWidget(sort_);
  layout->addWidget(descending_);
  layout->addSpacing(8);
  layout->addWidget(new QLabel(tr("Group"), bar));
  layout->addWidget(group_);
  layout->addSpacing(8);
  layout->addWidget(size_);
  layout->addWidget(asTable_);
  return bar;
}

QWidget* DataPage::makeIdentities() {
  auto* panel = new QWidget(this);
  auto* layout = new QVBoxLayout(panel);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  identityFilter_ = new QLineEdit(panel);
  identityFilter_->setObjectName(QStringLiteral("identityFilter"));
  identityFilter_->setPlaceholderText(tr("Find {a identity}"));
  identityFilter_->setAccessibleName(tr("Find {a identity}"));
  identityFilter_->setClearButtonEnabled(true);
  identityFilter_->addAction(icon(QStringLiteral("person")), QLineEdit::LeadingPosition);
  identities_ = new IdentityModel(this);
  identityView_ = new QTableView(panel);
  identityView_->setObjectName(QStringLiteral("identities"));
  identityView_->setAccessibleName(tr("{Identities}"));
  identityView_->setModel(identities_);
  identityView_->setSortingEnabled(true);
  identityView_->sortByColumn(IdentityModel::Name, Qt::AscendingOrder);
  identityView_->setSelectionBehavior(QAbstractItemView::SelectRows);
  identityView_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  identityView_->setAlternatingRowColors(true);
  identityView_->setShowGrid(false);
  identityView_->setWordWrap(false);
  identityView_->setContextMenuPolicy(Qt::CustomContextMenu);
  identityView_->verticalHeader()->hide();
  identityView_->verticalHeader()->setDefaultSectionSize(26);
  QHeaderView* header = identityView_->horizontalHeader();
  header->setSectionResizeMode(QHeaderView::Interactive);
  header->setHighlightSections(false);
  header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  header->setMinimumSectionSize(48);
  for (const auto& [column, width] :
       {std::pair{IdentityModel::Name, 112}, std::pair{IdentityModel::Images, 64},
        std::pair{IdentityModel::MeanScore, 58}, std::pair{IdentityModel::BelowShare, 60},
        std::pair{IdentityModel::RoleColumn, 68}, std::pair{IdentityModel::Set, 80},
        std::pair{IdentityModel::State, 72}})
    identityView_->setColumnWidth(column, width);
  duplicates_ = new DuplicatesPanel(panel);
  layout->addWidget(identityFilter_);
  auto* split = new QSplitter(Qt::Vertical, panel);
  split->setObjectName("identitiesSplit");
  split->setChildrenCollapsible(false);
  split->setHandleWidth(10);
  split->addWidget(identityView_);
  split->addWidget(duplicates_);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 1);
  layout->addWidget(split, 1);
  panel->setMinimumWidth(250);
  return panel;
}

void DataPage::connectAll() {
  connect(&source_, &TableSource::changed, &table_, &WhenSeen::ask);
  connect(&session_, &Session::thresholdChanged, &follow_, &WhenSeen::ask);
  connect(&session_, &Session::projectChanged, identityView_, &QTableView::clearSelection);
  connect(&session_, &Session::protocolChanged, &refresh_, &WhenSeen::ask);
  connect(&session_, &Session::selectionChanged, this, &DataPage::showCounts);
  connect(filterLine_, &QLineEdit::textChanged, this, &DataPage::refreshLater);
  connect(sort_, &QComboBox::currentIndexChanged, this, &DataPage::refreshLater);
  connect(group_, &QComboBox::currentIndexChanged, this, &DataPage::refreshLater);
  connect(descending_, &QToolButton::toggled, this, &DataPage::refreshLater);
  connect(size_, &QSlider::valueChanged, gallery_, &GalleryView::setThumbnailSize);
  connect(identityFilter_, &QLineEdit::textChanged, this, [this](const QString& text) {
    const std::vector<int> chosen = chosenIdentities();
    identities_->setText(text);
    selectIdentities(chosen);
    refreshLater();
  });
  connect(identityView_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &DataPage::refreshLater);
  connect(identityView_, &QTableView::customContextMenuRequested, this, &DataPage::identityMenu);
  connect(gallery_, &GalleryView::inspectRequested, this, &DataPage::showInInspector);
  connect(list_, &SampleList::inspectRequested, this, &DataPage::showInInspector);
  connect(list_, &SampleList::filled, this, &DataPage::showCounts);
  connect(asTable_, &QToolButton::toggled, this, [this](bool table) {
    views_->setCurrentIndex(table ? 1 : 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{sort_, descending_, group_, size_})
      widget->setEnabled(!table);  // a table is sorted by its header
    refreshList();
    if (!table) showCounts();
  });
  connect(later_, &QTimer::timeout, this, &DataPage::refresh);
  if (filling_ != nullptr) connect(filling_, &JobWatch::changed, this, &DataPage::updateEmptyState);
  connect(empty_, &EmptyState::clicked, this, [this] { emit jobRequested(QStringLiteral("import"), {}); });
  connect(duplicates_, &DuplicatesPanel::looked, this, [this](int from, int into) {
    chooseIdentities({from, into});
  });
  connect(duplicates_, &DuplicatesPanel::mergeRequested, this,
          [this](int from, int into) { Decisions::of(session_).merge(from, into); });
  connect(duplicates_, &DuplicatesPanel::excludeRequested, this,
          [this](int identity) { Decisions::of(session_).exclude({identity}, true); });
}

bool DataPage::settled() const {
  return !source_.busy() && !later_->isActive() && !task_.busy() && !list_->busy() &&
         ThumbnailLoader::of(session_).idle();
}

void DataPage::updateEmptyState() {
  const bool images = source_.table()->size() > 0;
  stack_->setCurrentIndex(images ? 1 : 0);
  if (images) return;
  if (filling_ != nullptr && filling_->current() != nullptr) {
    empty_->setTexts(words(tr("The {samples} are on their way")), filling_->text());
    return;
  }
  if (session_.isOpen()) {
    empty_->setTexts(words(tr("No {samples} yet")),
                     words(tr("Import a folder with one sub-folder for each {identity}, or another format "
                              "that the import dialog "
                              "lists.")),
                     words(tr("Import {samples}…")));
  } else {
    empty_->setTexts(
        tr("No project is open"),
        words(tr("A project keeps {samples}, features, scores and networks together. Open one from the File "
                 "menu, or import {samples} to make a new one.")),
        words(tr("Import {samples}…")));
  }
}

void DataPage::tableChanged() {
  updateEmptyState();
  const std::shared_ptr<const SampleTable> table = source_.table();
  identities_->set(table);
  filterWords_ = FilterWords(table);
  gallery_->setTable(table);
  const Snapshot& snapshot = table->snapshot();
  bool manySets = false, anyState = false, anyScore = table->scores() != nullptr;
  for (const project::IdentityRow& identity : snapshot.identities) {
    manySets = manySets || identity.set != snapshot.identities.front().set;
    anyState = anyState || identity.excluded || identity.mergedInto >= 0;
  }
  identityView_->setColumnHidden(IdentityModel::Set, !manySets);
  identityView_->setColumnHidden(IdentityModel::State, !anyState);
  identityView_->setColumnHidden(IdentityModel::MeanScore, !anyScore);
  identityView_->setColumnHidden(IdentityModel::BelowShare, !anyScore);
  std::vector<Duplicate> pairs;
  if (session_.isOpen()) {
    try {
      pairs = openDuplicates(session_.project().setting(analysis::settings::kProbablySame).value_or(""),
                             snapshot, project::pairVerdicts(session_.project()));
    } catch (const std::exception&) {
      pairs.clear();  // a busy database: the list comes with the next change
    }
  }
  duplicates_->setDuplicates(std::move(pairs), session_.kind());
  refreshLater();
}

namespace {
constexpr std::pair<Grouping, const char*> kGroupings[] = {
    {Grouping::Identity, "identity"}, {Grouping::Template, "template"}, {Grouping::None, "none"}};
}  // namespace

SavedView DataPage::viewNow() const {
  SavedView view;
  view.filter = filterLine_->text();
  view.table = asTable_->isChecked();
  const QHeaderView& head = *list_->horizontalHeader();
  view.sort = view.table ? fieldName(static_cast<Field>(head.sortIndicatorSection()))
                         : fieldName(static_cast<Field>(sort_->currentData().toInt()));
  view.descending = view.table ? head.sortIndicatorOrder() == Qt::DescendingOrder : descending_->isChecked();
  for (const auto& [grouping, name] : kGroupings)
    if (static_cast<int>(grouping) == group_->currentData().toInt()) view.group = QString::fromLatin1(name);
  view.size = size_->value();
  return view;
}

void DataPage::showView(const SavedView& view) {
  for (int column = 0; column < kSampleColumns && view.table; ++column)
    if (fieldName(static_cast<Field>(column)) == view.sort)
      list_->sortByColumn(column, view.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
  for (int entry = 0; entry < sort_->count() && !view.table; ++entry)
    if (fieldName(static_cast<Field>(sort_->itemData(entry).toInt())) == view.sort) {
      sort_->setCurrentIndex(entry);
      descending_->setChecked(view.descending);
    }
  for (const auto& [grouping, name] : kGroupings)
    if (view.group == QLatin1String(name))
      group_->setCurrentIndex(group_->findData(static_cast<int>(grouping)));
  size_->setValue(view.size);
  asTable_->setChecked(view.table);
  filterLine_->setText(view.filter);
  identityView_->clearSelection();
}

void DataPage::refreshLater() { later_->start(); }

// A table that nobody looks at need not be sorted.
void DataPage::refreshList() {
  if (!asTable_->isChecked()) return;
  list_->fill(source_.table(), Filter(filterLine_->text()), chosenIdentities());
}

std::vector<int> DataPage::chosenIdentities() const {
  std::vector<int> chosen;
  for (const QModelIndex& index : identityView_->selectionModel()->selectedRows())
    chosen.push_back(index.data(IdentityModel::IdentityRole).toInt());
  return chosen;
}

void DataPage::chooseIdentities(const std::vector<int>& wanted) {
  identityFilter_->clear();
  selectIdentities(wanted);
}

void DataPage::selectIdentities(const std::vector<int>& wanted) {
  const std::unordered_set<int> chosen(wanted.begin(), wanted.end());
  QItemSelection rows;
  for (int row = 0; !chosen.empty() && row < identities_->rowCount(); ++row) {
    const QModelIndex index = identities_->index(row, 0);
    if (!chosen.contains(index.data(IdentityModel::IdentityRole).toInt())) continue;
    if (rows.isEmpty())
      identityView_->scrollTo(index);
    else if (rows.last().bottom() == row - 1) {
      rows.last() = QItemSelectionRange(rows.last().topLeft(), index);
      continue;
    }
    rows.select(index, index);
  }
  identityView_->selectionModel()->select(rows,
                                          QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void DataPage::showIdentity(int identity) {
  catchUp();  // or the list that is owed would come after the choice
  chooseIdentities({identity});
}

void DataPage::refresh() {
  GalleryRequest request;
  request.table = source_.table();
  request.protocol = session_.protocol();
  request.filter = Filter(filterLine_->text());
  request.sort = static_cast<Field>(sort_->currentData().toInt());
  request.descending = descending_->isChecked();
  request.grouping = static_cast<Grouping>(group_->currentData().toInt());
  request.identities = chosenIdentities();
  const bool noTemplates = request.grouping == Grouping::Template && !request.protocol;
  const QString error =
      noTemplates ? words(tr("There are no {groups}: choose or make a protocol on the Evaluation page."))
                  : request.filter.error();
  filterError_->setText(error);
  filterError_->setVisible(!error.isEmpty());
  refreshList();
  task_.run(
      [request](const LatestTask::Stopped&) { return galleryGroups(request); },
      [this, request](std::vector<GalleryGroup> groups) {
        const bool ungrouped = request.grouping == Grouping::Template && request.filter.isEmpty();
        gallery_->setEmptyText(ungrouped && !request.identities.empty()
                                   ? words(tr("None of these {identities} is in a {group} of the protocol."))
                               : ungrouped ? words(tr("No {sample} is in a {group} of the protocol."))
                                           : words(tr("No {sample} passes the filter.")));
        inGallery_.assign(std::size_t(request.table->size()), false);
        for (const GalleryGroup& group : groups)
          for (const int sample : group.samples) inGallery_[std::size_t(sample)] = true;
        gallery_->setSections(std::move(groups));
        showCounts();
      });
}

// Keys decide about what is chosen and shown: what is chosen elsewhere, or was before the filter, stays
// chosen.
void DataPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (auto* actions = ImageActions::of(session_))
    actions->limitTo(this, [this](int sample) { return isShown(sample); });
}

void DataPage::hideEvent(QHideEvent* event) {
  Page::hideEvent(event);
  if (auto* actions = ImageActions::of(session_)) actions->limitTo(this, {});
}

bool DataPage::isShown(int sample) const {
  if (asTable_->isChecked()) return list_->isListed(sample);
  return sample >= 0 && std::size_t(sample) < inGallery_.size() && inGallery_[std::size_t(sample)];
}

void DataPage::showCounts() {
  if (auto* actions = ImageActions::of(session_)) actions->update();
  const QLocale locale;
  const analysis::Totals& totals = source_.table()->snapshot().totals;
  QString text =
      words(tr("%1 of %2 {samples} shown"))
          .arg(locale.toString(asTable_->isChecked() ? list_->shownCount() : gallery_->itemCount()),
               locale.toString(qlonglong(totals.originals + totals.copies)));
  if (totals.copies > 0)
    text += tr(" (%1)").arg(imageCounts(session_.kind().sample, totals.originals, totals.copies));
  const std::size_t selected = session_.selection().size();
  if (selected > 0) text += tr(" · %1 selected").arg(locale.toString(static_cast<qulonglong>(selected)));
  const auto hidden = std::ranges::count_if(session_.selection(), [this](int s) { return !isShown(s); });
  if (hidden > 0)
    text +=
        tr(" (%1 of them not shown: nothing is decided about those)").arg(locale.toString(qlonglong(hidden)));
  const std::size_t people = chosenIdentities().size();
  if (people > 0)
    text += tr(" · %1 %2 chosen")
                .arg(people)
                .arg(people == 1 ? words(tr("{identity}")) : words(tr("{identities}")));
  counts_->setText(text);
}

void DataPage::identityMenu(const QPoint& at) {
  const std::vector<int> chosen = chosenIdentities();
  if (chosen.empty()) return;
  const std::shared_ptr<const SampleTable> table = source_.table();
  const Snapshot& snapshot = table->snapshot();
  QMenu menu(this);
  Decisions& decisions = Decisions::of(session_);
  const auto entry = [&](const char* iconName, const QString& text, auto work) {
    connect(menu.addAction(icon(QString::fromLatin1(iconName)), text), &QAction::triggered, this,
            [&decisions, work] { work(decisions); });
  };
  const auto nameOf = [&](int identity) { return jobName(snapshot, identity); };
  if (chosen.size() == 2) {
    for (const auto& [from, into] : {std::pair{chosen[0], chosen[1]}, std::pair{chosen[1], chosen[0]}})
      entry("merge", tr("Merge %1 into %2").arg(nameOf(from), nameOf(into)),
            [from = from, into = into](Decisions& d) { d.merge(from, into); });
  }
  const QString people =
      chosen.size() == 1 ? nameOf(chosen[0]) : words(tr("%1 {identities}")).arg(chosen.size());
  std::vector<int> excluded, counted;
  for (const int id : chosen)
    (snapshot.identities[static_cast<std::size_t>(id)].excluded ? excluded : counted).push_back(id);
  if (!excluded.empty())
    entry("check", tr("Take %1 back in").arg(people),
          [excluded](Decisions& d) { d.exclude(excluded, false); });
  if (!counted.empty())
    entry("exclude", tr("Exclude %1 from scoring and training").arg(people),
          [counted](Decisions& d) { d.exclude(counted, true); });
  for (const project::Role role : {project::Role::Train, project::Role::Test, project::Role::Pool})
    if (chosen.size() > 1 || snapshot.identities[static_cast<std::size_t>(chosen[0])].role != role)
      entry("person", words(tr("Make %1 a %2 {identity}")).arg(people, engineText(project::toString(role))),
            [chosen, role](Decisions& d) { d.setRole(chosen, role); });
  for (const project::IdentityRow& other : snapshot.identities)
    if (chosen.size() == 1 && other.mergedInto == chosen[0])
      entry("merge", tr("Take %1 out of %2 again").arg(nameOf(other.id), nameOf(chosen[0])),
            [id = other.id](Decisions& d) { d.merge(id, -1); });
  menu.addSeparator();
  connect(menu.addAction(words(tr("Select their {samples}"))), &QAction::triggered, this,
          [this, table, chosen] {
            std::vector<int> samples;
            for (int identity : chosen) {
              const auto& images = table->snapshot().samplesOfIdentity[static_cast<std::size_t>(identity)];
              std::ranges::copy_if(images, std::back_inserter(samples),
                                   [&](int sample) { return table->shows(sample); });
            }
            std::sort(samples.begin(), samples.end());
            session_.select(std::move(samples), session_.current());
          });
  connect(menu.addAction(tr("Show everybody")), &QAction::triggered, identityView_,
          &QTableView::clearSelection);
  menu.exec(identityView_->viewport()->mapToGlobal(at));
}

Page* makeDataPage(const PageTools& tools) { return new DataPage(tools.session, &tools.runner); }

}  // namespace discern::ui
