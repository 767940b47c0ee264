#include "ui/pages/start_page.h"

#include <QFileInfo>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

constexpr int kWidth = 560;
constexpr int kMostRecent = 5;

QPushButton* choice(const QString& iconName, const QString& text, const QString& name) {
  auto* button = new QPushButton(icon(iconName), text);
  button->setObjectName(name);
  button->setProperty("choice", true);
  button->setIconSize({22, 22});
  button->setCursor(Qt::PointingHandCursor);
  return button;
}

}  // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent), recent_(nullptr), recentBox_(new QWidget) {
  auto* column = new QWidget;
  column->setFixedWidth(kWidth);
  auto* layout = new QVBoxLayout(column);
  layout->setSpacing(10);
  auto* title = new QLabel(tr("Discern"));
  title->setProperty("title", true);
  auto* text = new QLabel(
      tr("See which images make or break recognition, how many you can drop, and what that saves."));
  text->setWordWrap(true);
  text->setProperty("muted", true);
  layout->addWidget(title);
  layout->addWidget(text);
  layout->addSpacing(14);
  auto* faces = choice("new", tr("New project from a folder of faces…"), "newFromFaces");
  auto* open = choice("open", tr("Open a project…"), "openProject");
  auto* demo = choice("run", tr("Try the built-in demo"), "tryDemo");
  demo->setToolTip(tr(
      "Renders faces of made-up people, scores them, trains a small network and evaluates: some minutes."));
  for (QPushButton* button : {faces, open, demo}) layout->addWidget(button);
  auto* hint =
      new QLabel(tr("A folder with one sub-folder for each person can also be dropped onto this window."));
  hint->setWordWrap(true);
  hint->setProperty("muted", true);
  layout->addWidget(hint);
  layout->addSpacing(14);
  recent_ = new QVBoxLayout(recentBox_);
  recent_->setContentsMargins(0, 0, 0, 0);
  recent_->setSpacing(2);
  layout->addWidget(recentBox_);

  auto* outer = new QVBoxLayout(this);
  outer->addStretch(2);
  outer->addWidget(column, 0, Qt::AlignHCenter);
  outer->addStretch(3);
  connect(faces, &QPushButton::clicked, this, &StartPage::facesRequested);
  connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
  connect(demo, &QPushButton::clicked, this, &StartPage::demoRequested);
}

void StartPage::setRecent(const QStringList& folders) {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  recentBox_->setVisible(!folders.isEmpty());
  if (folders.isEmpty()) return;
  auto* heading = new QLabel(tr("Recent"));
  heading->setObjectName("sectionHeading");
  recent_->addWidget(heading);
  for (const QString& folder : folders.mid(0, kMostRecent)) {
    auto* button = new QPushButton(
        QString("%1   %2").arg(QFileInfo(folder).completeBaseName(), QFileInfo(folder).path()));
    button->setProperty("link", true);
    button->setCursor(Qt::PointingHandCursor);
    button->setToolTip(folder);
    recent_->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, folder] { emit recentRequested(folder); });
  }
}

}  // namespace discern::ui
