#include "ui/pages/selection/chosen_panel.h"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/project/kind_words.h"
#include "ui/models/project/table_source.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/gallery_view.h"
#include "ui/widgets/thumbnail_loader.h"

namespace discern::ui {
namespace {

constexpr int kThumbnail = 72;

}  // namespace

ChosenPanel::ChosenPanel(Session& session, std::function<QString(int)> caption, QWidget* parent)
    : QWidget(parent),
      session_(session),
      source_(SelectionSource::of(session)),
      caption_(std::move(caption)),
      text_(new ElidedLabel),
      gallery_(new GalleryView(session, ThumbnailLoader::of(session))),
      show_(*this, [this] { show(); }),
      table_(*this, [this, &table = TableSource::of(session)] {
        gallery_->setTable(table.table());
        show();
      }) {
  text_->setObjectName("chosenText");
  gallery_->setObjectName("chosen");
  gallery_->setThumbnailSize(kThumbnail);
  gallery_->setCaption(caption_);
  followKind(session, gallery_, [this](const data::GroupKind& kind) {
    gallery_->setAccessibleName(inWords(kind, tr("Chosen {samples}")));
    gallery_->setEmptyText(inWords(kind, tr("Draw a lasso on the map: what it holds is shown here.")));
  });
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 6, 8, 6);
  layout->setSpacing(4);
  layout->addWidget(text_);
  layout->addWidget(gallery_, 1);
  connect(&session_, &Session::selectionChanged, this, &ChosenPanel::follow);
  connect(&session_, &Session::projectChanged, this, &ChosenPanel::hold);
  connect(&source_, &SelectionSource::layoutChanged, &show_, &WhenSeen::ask);
  connect(&TableSource::of(session), &TableSource::changed, &table_, &WhenSeen::ask);
  connect(gallery_, &GalleryView::inspectRequested, this, &ChosenPanel::inspectRequested);
  hold();
  table_.ask();
}

void ChosenPanel::hold() {
  held_ = session_.selection();
  show_.ask();
}

void ChosenPanel::recaption() { gallery_->setCaption(caption_); }

void ChosenPanel::follow() {
  if (!std::ranges::includes(held_, session_.selection())) hold();
}

void ChosenPanel::show() {
  const auto layout = source_.layout();
  const auto table = TableSource::of(session_).table();
  std::vector<int> samples = held_;
  std::erase_if(samples, [&](int sample) { return sample >= table->size(); });
  std::vector<unsigned char> seen(table->snapshot().identities.size());
  for (const int sample : samples)
    if (const int identity = table->identityOf(sample); identity >= 0) seen[std::size_t(identity)] = 1;
  const auto onMap = layout ? layout->positionsOf(samples).size() : 0;
  const auto people = std::ranges::count(seen, 1);
  QString text = inWords(session_.kind(), people == 1 ? tr("%L1 of %L2 {samples}, %L3 {identity}")
                                                      : tr("%L1 of %L2 {samples}, %L3 {identities}"))
                     .arg(onMap)
                     .arg(layout ? layout->samples.size() : 0)
                     .arg(people);
  if (onMap < samples.size()) text += tr(" · %L1 not on this map").arg(samples.size() - onMap);
  text_->setText(text);
  gallery_->setSamples(std::move(samples));
}

}  // namespace discern::ui
