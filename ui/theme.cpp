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
QLabel[problem="true"], discern--ui--JobForm *[wrong="true"] { color: #d9534f; }
discern--ui--JobForm QLineEdit { padding: 1px 6px; min-height: 20px; }
QPlainTextEdit { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
QProgressBar { border: none; border-radius: 3px; background: palette(midlight); min-height: 6px; max-height: 6px; }
QProgressBar::chunk { border-radius: 3px; background: palette(highlight); }
)";

struct Colour {
  QPalette::ColorGroup group;
  QPalette::ColorRole role;
  QRgb light, dark;
};
constexpr Colour kColours[] = {{QPalette::All, QPalette::Window, 0xfff5f6f8, 0xff1d2127},
                               {QPalette::All, QPalette::WindowText, 0xff1f2430, 0xffe4e8ee},
                               {QPalette::All, QPalette::Base, 0xffffffff, 0xff23282f},
                               {QPalette::All, QPalette::AlternateBase, 0xfff7f8fa, 0xff272d35},
                               {QPalette::All, QPalette::Text, 0xff1f2430, 0xffe4e8ee},
                               {QPalette::All, QPalette::PlaceholderText, 0xff667080, 0xff98a2b0},
                               {QPalette::All, QPalette::Button, 0xffeceff3, 0xff2c323a},
                               {QPalette::All, QPalette::ButtonText, 0xff1f2430, 0xffe4e8ee},
                               {QPalette::All, QPalette::BrightText, 0xffff5555, 0xffff5555},
                               {QPalette::All, QPalette::ToolTipBase, 0xffffffff, 0xff2c323a},
                               {QPalette::All, QPalette::ToolTipText, 0xff1f2430, 0xffe4e8ee},
                               {QPalette::All, QPalette::Highlight, 0xff2b6cb0, 0xff3f83c8},
                               {QPalette::All, QPalette::HighlightedText, 0xffffffff, 0xffffffff},
                               {QPalette::All, QPalette::Link, 0xff2b6cb0, 0xff7ab3e8},
                               {QPalette::All, QPalette::LinkVisited, 0xff5b4b8a, 0xffb3a4e0},
                               {QPalette::All, QPalette::Light, 0xffffffff, 0xff363d47},
                               {QPalette::All, QPalette::Midlight, 0xfff0f2f5, 0xff303740},
                               {QPalette::All, QPalette::Mid, 0xffd0d6dd, 0xff3f4751},
                               {QPalette::All, QPalette::Dark, 0xffa3abb6, 0xff15181c},
                               {QPalette::All, QPalette::Shadow, 0xff8a929d, 0xff0c0e11},
                               {QPalette::Disabled, QPalette::WindowText, 0xffa2a9b4, 0xff6b7480},
                               {QPalette::Disabled, QPalette::Text, 0xffa2a9b4, 0xff6b7480},
                               {QPalette::Disabled, QPalette::ButtonText, 0xffa2a9b4, 0xff6b7480},
                               {QPalette::Disabled, QPalette::Highlight, 0xffd0d6dd, 0xff3f4751}};

bool systemIsDark(const QApplication& application) {
  // The palette the platform gave, remembered before the first theme replaced it.
  static const QPalette platform = application.palette();
  return platform.color(QPalette::WindowText).lightness() > platform.color(QPalette::Window).lightness();
}

}  // namespace

QPalette themePalette(bool dark) {
  QPalette palette;
  for (const Colour& colour : kColours)
    palette.setColor(colour.group, colour.role, QColor(dark ? colour.dark : colour.light));
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
