#include "ui/theme.h"

#include <QApplication>
#include <QStyleFactory>

#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

// What only the main window and its pages need, beside resources/style.
constexpr auto kWindowStyle = R"(
QMainWindow::separator { background: palette(mid); width: 1px; height: 1px; }
QToolBar { border: none; border-bottom: 1px solid palette(mid); padding: 4px 8px; spacing: 4px; }
QGroupBox { border: 1px solid palette(mid); border-radius: 8px; margin-top: 9px; padding: 8px 6px 6px 6px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; }
QGroupBox QWidget { font-weight: normal; }
QListView#navigation { border: none; border-radius: 0; border-right: 1px solid palette(mid); background: transparent; padding: 8px 6px; outline: 0; }
QListView#navigation::item { border-radius: 6px; padding: 0 8px; margin: 1px 0; }
QListView#navigation::item:hover { background: palette(midlight); }
QListView#navigation::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QFrame#jobStrip { border-top: 1px solid palette(mid); }
QFrame[tile="true"] { background: palette(base); border: 1px solid palette(mid); border-radius: 8px; }
QFrame[tile="true"] QLabel { border: none; background: transparent; }
QTableView::item { padding: 2px 6px; }
QLabel[muted="true"] { color: palette(placeholder-text); }
QLabel[figure="true"] { font-weight: 600; font-size: 22px; }
QLabel[title="true"] { font-weight: 600; font-size: 26px; }
QPushButton[choice="true"] { text-align: left; padding: 12px 16px; background: palette(base); font-size: 14px; }
QPushButton[link="true"] { text-align: left; padding: 4px 6px; background: transparent; border: none; color: palette(link); }
QFrame#messageBar { border-bottom: 1px solid palette(mid); background: palette(base); }
QPushButton[primary="true"] { background: palette(highlight); color: palette(highlighted-text); border: 1px solid palette(highlight); }
QPushButton[primary="true"]:disabled { background: palette(mid); border: 1px solid palette(mid); color: palette(placeholder-text); }
discern--ui--JobForm QLineEdit { padding: 1px 6px; min-height: 20px; }
QPlainTextEdit { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
QProgressBar { border: none; border-radius: 3px; background: palette(midlight); min-height: 6px; max-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: palette(highlight); }
)";

bool systemIsDark(const QApplication& application) {
  // The palette the platform gave, remembered before the first theme replaced it.
  static const QPalette platform = application.palette();
  return platform.color(QPalette::WindowText).lightness() > platform.color(QPalette::Window).lightness();
}

}  // namespace

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
  palette.setColor(QPalette::Mid, pick("#d0d6dd", "#3f4751"));
  palette.setColor(QPalette::Dark, pick("#a3abb6", "#15181c"));
  palette.setColor(QPalette::Shadow, pick("#8a929d", "#0c0e11"));
  for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, pick("#a2a9b4", "#6b7480"));
  palette.setColor(QPalette::Disabled, QPalette::Highlight, pick("#d0d6dd", "#3f4751"));
  return palette;
}

void applyTheme(QApplication& application, Theme theme) {
  const bool dark = systemIsDark(application) ? theme != Theme::Light : theme == Theme::Dark;
  application.setStyle(QStyleFactory::create("Fusion"));
  application.setPalette(themePalette(dark));
  // Qt 6.4 knows no palette(placeholder-text) in a style sheet.
  QString sheet = styleSheet() + kWindowStyle;
  sheet.replace("palette(placeholder-text)", themePalette(dark).color(QPalette::PlaceholderText).name());
  application.setStyleSheet(sheet);
}

}  // namespace discern::ui
