#include "ui/widgets/views_button.h"

#include <QInputDialog>
#include <QMenu>
#include <algorithm>
#include <utility>

#include "ui/models/project/session.h"
#include "ui/widgets/icons.h"

namespace discern::ui {

ViewsButton::ViewsButton(Session& session, std::function<SavedView()> now,
                         std::function<void(const SavedView&)> show, QWidget* parent)
    : QToolButton(parent),
      session_(session),
      now_(std::move(now)),
      show_(std::move(show)),
      menu_(new QMenu(this)) {
  setObjectName(QStringLiteral("views"));
  setText(tr("Views"));
  setAccessibleName(tr("Saved views"));
  setToolTip(tr("Filter, order, groups and size under a name, kept with the project"));
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonTextOnly);
  setMenu(menu_);
  connect(menu_, &QMenu::aboutToShow, this, &ViewsButton::fill);
}

QStringList ViewsButton::names() const {
  QStringList names;
  for (const SavedView& view : savedViews(session_)) names << view.name;
  return names;
}

void ViewsButton::fill() {
  menu_->clear();
  const QStringList names = this->names();
  for (const QString& name : names)
    menu_->addAction(QString(name).replace('&', "&&"), this, [this, name] { showView(name); });
  if (names.isEmpty()) menu_->addAction(tr("None yet"))->setEnabled(false);
  menu_->addSeparator();
  menu_->addAction(tr("&Save view…"), this,
                   [this] { askName(tr("Save view"), {}, [this](const QString& name) { save(name); }); });
  QMenu* rename = menu_->addMenu(tr("&Rename"));
  QMenu* remove = menu_->addMenu(tr("Re&move"));
  for (QMenu* menu : {rename, remove}) menu->setEnabled(!names.isEmpty());
  for (const QString& name : names) {
    const QString text = QString(name).replace('&', "&&");
    rename->addAction(text, this, [this, name] {
      askName(tr("Rename view"), name, [this, name](const QString& to) { this->rename(name, to); });
    });
    remove->addAction(text, this, [this, name] { this->remove(name); });
  }
}

void ViewsButton::askName(const QString& title, const QString& text,
                          const std::function<void(const QString&)>& then) {
  auto* dialog = new QInputDialog(window());
  dialog->setObjectName(QStringLiteral("viewName"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->setLabelText(tr("Name:"));
  dialog->setTextValue(text);
  connect(dialog, &QInputDialog::textValueSelected, this, then);
  dialog->open();
}

void ViewsButton::put(std::vector<SavedView> views) {
  try {
    putViews(session_, std::move(views));
  } catch (const std::exception& error) {
    emit failed(QString::fromUtf8(error.what()));
  }
}

void ViewsButton::showView(const QString& name) {
  const auto views = savedViews(session_);
  if (const auto at = std::ranges::find(views, name, &SavedView::name); at != views.end()) show_(*at);
}

void ViewsButton::save(const QString& name) {
  if (name.trimmed().isEmpty() || !session_.isOpen()) return;
  auto views = savedViews(session_);
  std::erase_if(views, [&](const SavedView& view) { return view.name == name.trimmed(); });
  views.push_back(now_());
  views.back().name = name.trimmed();
  put(std::move(views));
}

void ViewsButton::rename(const QString& from, const QString& to) {
  if (to.trimmed().isEmpty() || to.trimmed() == from) return;
  auto views = savedViews(session_);
  std::erase_if(views, [&](const SavedView& view) { return view.name == to.trimmed(); });
  for (SavedView& view : views)
    if (view.name == from) view.name = to.trimmed();
  put(std::move(views));
}

void ViewsButton::remove(const QString& name) {
  auto views = savedViews(session_);
  std::erase_if(views, [&](const SavedView& view) { return view.name == name; });
  put(std::move(views));
}

}  // namespace discern::ui
