// Help beside the pages: a text for each, a glossary, and the how-to pages that are installed.
#pragma once

#include <QDockWidget>
#include <QString>
#include <QStringList>
#include <QUrl>

class QTextBrowser;

namespace discern::ui {

// The anchor of a heading: "TAR@FAR" -> "tarfar", "Operating point" -> "operating-point".
QString anchorOf(const QString& heading);
// A file of the help by the name a link gives it: "data.md" of resources/help, "docs:how-to/x.md" of the
// installed documents. Throws discern::Error that says where it looked.
QString helpFile(const QString& name);

class HelpDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit HelpDock(QWidget* window = nullptr);

  void showTopic(const QString& topic);  // "data": resources/help/data.md; the overview where there is none
  void open(const QUrl& link);           // as on the page that is shown
  QString shownFile() const { return file_; }
  QString problem() const { return problem_; }  // about the last link; empty: it led somewhere

 private:
  void load(const QString& file, const QString& anchor);
  void scrollTo(const QString& anchor);
  void back();

  QTextBrowser* text_;
  QString file_, problem_;
  QStringList before_;  // files, the last one shown last
};

}  // namespace discern::ui
