// What a map can be asked: by what its dots are coloured, where somebody is, and whether pictures stand in
// their place.
#pragma once

#include <QWidget>
#include <functional>

#include "ui/models/live/selection_source.h"
#include "ui/widgets/when_seen.h"

class QComboBox;
class QCompleter;
class QLabel;
class QLineEdit;
class QStringListModel;
class QToolButton;

namespace discern::ui {

class MapBar : public QWidget {
  Q_OBJECT

 public:
  // complete: names for what is typed.
  MapBar(Session& session, std::function<QStringList(const QString& typed)> complete,
         QWidget* parent = nullptr);

  QString colour() const;                     // its key (models/images/sample_colours.h)
  bool pictures() const;                      // in place of dots, where few are seen
  bool greys() const;                         // what lambda discards
  void sayOfSearch(const QString& sentence);  // until what is typed, or the map, is another
  void forgetSearch();
  void say(const QString& sentence);

 signals:
  void colourChanged();
  void looksChanged();  // pictures() or greys()
  void asked(const QString& name);

 private:
  void fill();  // the choices
  void choose();
  void askTable();  // a CSV
  void offer(const QString& typed);

  Session& session_;
  SelectionSource& source_;
  std::function<QStringList(const QString&)> complete_;
  QComboBox* colour_;
  QLineEdit* find_;
  QStringListModel* names_;
  QCompleter* completer_;
  QToolButton *pictures_, *greys_;
  QLabel* said_;
  bool ofSearch_ = false;  // what is said
  WhenSeen fill_;
};

}  // namespace discern::ui
