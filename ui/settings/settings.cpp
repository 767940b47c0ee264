#include "ui/settings/settings.h"

#include <QApplication>
#include <QFileInfo>
#include <QSettings>
#include <QStyleFactory>

#include "core/base/error.h"

namespace discern::ui {
namespace {

constexpr int kMostRecent = 10;

bool systemIsDark(const QApplication& application) {
  // The palette the platform gave, remembered before the first theme replaced it.
  static const QPalette platform = application.palette();
  return platform.color(QPalette::WindowText).lightness() > platform.color(QPalette::Window).lightness();
}

QString styleSheet(const QPalette& palette, bool dark) {
  const QString border = dark ? "#3a4049" : "#d5d9df";
  const QString hover = dark ? "#2d333c" : "#e9edf2";
  const QString base = palette.color(QPalette::Base).name();
  const QString accent = palette.color(QPalette::Highlight).name();
  const QString sheet = R"(
    QToolTip { color: %4; background: %3; border: 1px solid %1; padding: 4px; }
    QMainWindow::separator { background: %1; width: 1px; height: 1px; }
    QSplitter::handle { background: transparent; }
    QGroupBox { border: 1px solid %1; border-radius: 6px; margin-top: 10px; padding: 10px 8px 8px 8px; }
    QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; font-weight: 600; }
    QTableView, QTreeView, QListView, QPlainTextEdit { border: 1px solid %1; border-radius: 6px; background: %3; }
    QTableView { gridline-color: transparent; }
    QHeaderView::section { background: %3; border: none; border-bottom: 1px solid %1; padding: 5px 6px; }
    QListView#navigation { border: none; border-radius: 0; background: transparent; padding: 6px; }
    QListView#navigation::item { border-radius: 6px; padding: 8px 10px; margin: 1px 0; }
    QListView#navigation::item:hover { background: %2; }
    QListView#navigation::item:selected { background: %5; color: %6; }
    QPushButton[primary="true"] { background: %5; color: %6; border: none; border-radius: 5px; padding: 6px 14px; font-weight: 600; }
    QPushButton[primary="true"]:hover { background: %7; }
    QPushButton[primary="true"]:disabled { background: %2; color: %1; }
    QLabel[muted="true"] { color: %8; }
    QLabel[heading="true"] { font-size: 15pt; font-weight: 600; }
    QFrame#jobStrip { border-top: 1px solid %1; }
    QProgressBar { border: none; border-radius: 3px; background: %2; max-height: 6px; min-height: 6px; }
    QProgressBar::chunk { border-radius: 3px; background: %5; }
  )";
  return sheet.arg(border, hover, base, palette.color(QPalette::Text).name(), accent,
                   palette.color(QPalette::HighlightedText).name(),
                   palette.color(QPalette::Highlight).lighter(dark ? 115 : 112).name(),
                   palette.color(QPalette::PlaceholderText).name());
}

}  // namespace

QString toString(Theme theme) {
  return theme == Theme::Light ? "light" : theme == Theme::Dark ? "dark" : "system";
}

Theme parseTheme(const QString& text) {
  for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark})
    if (toString(theme) == text) return theme;
  fail("There is no theme '{}'; choose light, dark or system.", text.toStdString());
}

QPalette themePalette(bool dark) {
  const auto pick = [dark](const char* light, const char* darkColour) {
    return QColor(dark ? darkColour : light);
  };
  QPalette palette;
  palette.setColor(QPalette::Window, pick("#f5f6f8", "#1d2127"));
  palette.setColor(QPalette::WindowText, pick("#1f2430", "#e4e8ee"));
  palette.setColor(QPalette::Base, pick("#ffffff", "#23282f"));
  palette.setColor(QPalette::AlternateBase, pick("#f7f8fa", "#272d35"));
  palette.setColor(QPalette::Text, pick("#1f2430", "#e4e8ee"));
  palette.setColor(QPalette::PlaceholderText, pick("#667080", "#98a2b0"));
  palette.setColor(QPalette::Button, pick("#eceff3", "#2c323a"));
  palette.setColor(QPalette::ButtonText, pick("#1f2430", "#e4e8ee"));
  palette.setColor(QPalette::BrightText, QColor("#ff5555"));
  palette.setColor(QPalette::ToolTipBase, pick("#ffffff", "#2c323a"));
  palette.setColor(QPalette::ToolTipText, pick("#1f2430", "#e4e8ee"));
  palette.setColor(QPalette::Highlight, pick("#2b6cb0", "#3f83c8"));
  palette.setColor(QPalette::HighlightedText, QColor("#ffffff"));
  palette.setColor(QPalette::Link, pick("#2b6cb0", "#7ab3e8"));
  palette.setColor(QPalette::LinkVisited, pick("#5b4b8a", "#b3a4e0"));
  palette.setColor(QPalette::Light, pick("#ffffff", "#363d47"));
  palette.setColor(QPalette::Midlight, pick("#f0f2f5", "#303740"));
  palette.setColor(QPalette::Mid, pick("#c3c9d1", "#454d58"));
  palette.setColor(QPalette::Dark, pick("#a3abb6", "#15181c"));
  palette.setColor(QPalette::Shadow, pick("#8a929d", "#0c0e11"));
  for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, pick("#a2a9b4", "#6b7480"));
  palette.setColor(QPalette::Disabled, QPalette::Highlight, pick("#c3c9d1", "#454d58"));
  return palette;
}

void applyTheme(QApplication& application, Theme theme) {
  const bool dark = systemIsDark(application) ? theme != Theme::Light : theme == Theme::Dark;
  application.setStyle(QStyleFactory::create("Fusion"));
  const QPalette palette = themePalette(dark);
  application.setPalette(palette);
  application.setStyleSheet(styleSheet(palette, dark));
}

Settings::Settings(const QString& file)
    : store_(file.isEmpty() ? std::make_unique<QSettings>("discern", "discern-workbench")
                            : std::make_unique<QSettings>(file, QSettings::IniFormat)) {}

Settings::~Settings() = default;

Theme Settings::theme() const {
  const QString text = store_->value("theme").toString();
  return text == "light" ? Theme::Light : text == "dark" ? Theme::Dark : Theme::System;
}

void Settings::setTheme(Theme theme) { store_->setValue("theme", toString(theme)); }

QStringList Settings::recentProjects() const {
  QStringList folders = store_->value("recent").toStringList();
  folders.removeIf([](const QString& folder) { return !QFileInfo(folder).isDir(); });
  return folders;
}

void Settings::addRecentProject(const QString& folder) {
  QStringList folders = store_->value("recent").toStringList();
  folders.removeAll(folder);
  folders.prepend(folder);
  store_->setValue("recent", QStringList(folders.mid(0, kMostRecent)));
}

QString Settings::engineCommand() const { return store_->value("engine").toString(); }
void Settings::setEngineCommand(const QString& command) { store_->setValue("engine", command); }
QByteArray Settings::bytes(const QString& key) const { return store_->value(key).toByteArray(); }
void Settings::setBytes(const QString& key, const QByteArray& value) { store_->setValue(key, value); }

}  // namespace discern::ui
