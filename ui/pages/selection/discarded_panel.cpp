#include "ui/pages/selection/discarded_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/models/project/kind_words.h"
#include "ui/models/project/shown_images.h"
#include "ui/models/project/table_source.h"
#include "ui/pages/selection/face_chart.h"
#include "ui/widgets/combos.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kThumbnail = 72;

}  // namespace

DiscardedPanel::DiscardedPanel(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      text_(new ElidedLabel),
      gallery_(new GalleryView(session, ThumbnailLoader::of(session))),
      discarded_(*this, [this] { showDiscarded(); }),
      table_(*this, [this, &table = TableSource::of(session)] { gallery_->setTable(table.table()); }) {
  text_->setObjectName("discardedText");
  order_ = makeCombo("discardedOrder", tr("Which of the discarded {samples} come first"),
                     {tr("Farthest from being kept first"), tr("Nearest to being kept first")});
  keepChoice(order_);
  gallery_->setObjectName("discarded");
  gallery_->setAccessibleName(tr("Discarded {samples}"));
  gallery_->setThumbnailSize(kThumbnail);
  followKind(session, gallery_, [this](const data::GroupKind& kind) {
    gallery_->setEmptyText(inWords(kind, tr("No {sample} is discarded here.")));
  });
  gallery_->setCaption([this](int sample) {
    const auto path = source_.path();
    const double enters = path ? path->enters(sample) : std::nan("");
    if (source_.isCut()) return QString();  // says nothing of other lambdas
    if (std::isinf(enters)) return tr("never kept");
    return source_.isOrder() ? QLocale().toString(qint64(enters) + 1) : lambdaText(-enters);
  });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(4);
  auto* row = new QHBoxLayout;
  row->addWidget(text_, 1);
  row->addWidget(order_);
  layout->addLayout(row);
  layout->addWidget(gallery_, 1);
  connect(&source_, &SelectionSource::pathChanged, &discarded_, &WhenSeen::ask);
  connect(&source_, &SelectionSource::lambdaChanged, &discarded_, &WhenSeen::ask);
  connect(&ShownImages::of(session), &ShownImages::changed, &discarded_, &WhenSeen::ask);
  connect(order_, &QComboBox::currentIndexChanged, &discarded_, &WhenSeen::ask);
  connect(&TableSource::of(session), &TableSource::changed, &table_, &WhenSeen::ask);
  connect(gallery_, &GalleryView::inspectRequested, this, &DiscardedPanel::inspectRequested);
  table_.ask();
  discarded_.ask();
}

void DiscardedPanel::showDiscarded() {
  const auto path = source_.path();
  if (!path) return;
  const auto all = path->discarded(source_.lambda());
  std::vector<int> discarded = ShownImages::of(session_).shownOf({all.begin(), all.end()});
  QString text = inWords(session_.kind(), discarded.size() == 1 ? tr("%L1 {sample} is discarded")
                                                                : tr("%L1 {samples} are discarded"))
                     .arg(discarded.size());
  if (source_.isOrder())
    text = tr("%1; under each its place in the order").arg(text);
  else if (!source_.isCut())
    text = tr("%1; under each the lambda from which it is kept").arg(text);
  text_->setText(text);
  if (order_->currentIndex() == 0) std::ranges::reverse(discarded);
  gallery_->setSamples(std::move(discarded));
}

}  // namespace discern::ui
