// Everything the window can do or go to, by a few letters.
#pragma once

#include <QDialog>
#include <QIcon>
#include <QString>
#include <functional>
#include <vector>

class QLineEdit;
class QMenuBar;
class QTreeWidget;

namespace discern::ui {

struct PaletteEntry {
  QString text, where;  // "Score…", "Jobs"
  QString keys;         // "Ctrl+R"; empty: none
  bool enabled = true;
  std::function<void()> run;
};

// How well `text` answers what was typed: 0 best; -1: not at all. Every word of it stands in the text, at the
// beginning of a word best; else its letters do, in their order.
int matchOf(const QString& text, const QString& typed);

// Every action of the menus and the menus in them, which are asked to fill themselves.
std::vector<PaletteEntry> menuEntries(const QMenuBar& bar);

class CommandPalette : public QDialog {
  Q_OBJECT

 public:
  // `entries`: all there is for what is typed; those that do not answer it are left out here, the best stand
  // first, the enabled ones before the others.
  using Entries = std::function<std::vector<PaletteEntry>(const QString& typed)>;
  CommandPalette(Entries entries, QWidget* window);

  void popUp();  // with an empty line, at the top of its window

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void fill();
  void run();

  Entries entries_;
  std::vector<PaletteEntry> shown_;
  QLineEdit* line_;
  QTreeWidget* list_;
};

}  // namespace discern::ui
