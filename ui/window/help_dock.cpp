#include "ui/window/help_dock.h"

#include <QAbstractTextDocumentLayout>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/language/language.h"
#include "ui/settings/resource_file.h"
#include "ui/widgets/icons.h"

namespace discern::ui {
namespace {

constexpr int kLeastWidth = 240;

}  // namespace

QString anchorOf(const QString& heading) {
  QString anchor;
  for (const QChar c : heading.trimmed().toLower())
    if (c.isLetterOrNumber() || c == '-' || c == '_')
      anchor += c;
    else if (c.isSpace())
      anchor += '-';
  return anchor;
}

QString helpFile(const QString& name) {
  const QDir help(QFileInfo(resourceFile("help/index.md")).absolutePath());
  if (!name.startsWith("docs:")) {
    for (const QString& file : {help.filePath(spokenLanguage() + '/' + name), help.filePath(name)})
      if (QFileInfo(file).isFile()) return file;
    fail("{}", HelpDock::tr("%1: the help has no such page.").arg(name).toStdString());
  }
  // Beside the sources; beside share/discern as it is installed.
  QStringList places;
  for (const char* docs : {"../../docs", "../../doc/discern/docs"}) {
    const QString file = QDir::cleanPath(help.filePath(QString("%1/%2").arg(docs, name.mid(5))));
    if (QFileInfo(file).isFile()) return file;
    places << file;
  }
  fail("{}", HelpDock::tr("%1: there is no %2.").arg(name, places.join(", ")).toStdString());
}

HelpDock::HelpDock(QWidget* window) : QDockWidget(tr("Help"), window), text_(new QTextBrowser) {
  setObjectName("help");
  text_->setObjectName("helpText");
  text_->setAccessibleName(tr("Help"));
  text_->setOpenLinks(false);
  text_->setFrameShape(QFrame::NoFrame);
  connect(text_, &QTextBrowser::anchorClicked, this, &HelpDock::open);
  auto* whole = new QWidget;
  auto* rows = new QVBoxLayout(whole);
  rows->setContentsMargins(6, 4, 6, 4);
  auto* buttons = new QHBoxLayout;
  const auto add = [&](const char* name, const char* picture, const QString& text, auto work) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(icon(picture));
    button->setText(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(button, &QToolButton::clicked, this, work);
    buttons->addWidget(button);
  };
  add("helpBack", "previous", tr("Back"), [this] { back(); });
  add("helpIndex", "table", tr("Contents"), [this] { open(QUrl("index.md")); });
  add("helpGlossary", "search", tr("Glossary"), [this] { open(QUrl("glossary.md")); });
  buttons->addStretch(1);
  rows->addLayout(buttons);
  rows->addWidget(text_, 1);
  whole->setMinimumWidth(kLeastWidth);
  setWidget(whole);
}

void HelpDock::showTopic(const QString& topic) {
  try {
    load(helpFile(topic + ".md"), {});
  } catch (const Error&) {
    open(QUrl("index.md"));
  }
}

void HelpDock::open(const QUrl& link) {
  problem_.clear();
  if (link.scheme().startsWith("http")) {
    QDesktopServices::openUrl(link);
    return;
  }
  const QString anchor = link.fragment(), name = link.path();
  try {
    if (name.isEmpty()) {
      scrollTo(anchor);
    } else if (link.scheme() == "docs") {
      load(helpFile("docs:" + name), anchor);
    } else if (const QString beside = QDir::cleanPath(QFileInfo(file_).dir().filePath(name));
               !file_.isEmpty() && QFileInfo(beside).isFile()) {
      load(beside, anchor);
    } else {
      load(helpFile(name), anchor);
    }
  } catch (const std::exception& error) {
    problem_ = QString::fromUtf8(error.what());
    text_->setPlainText(problem_);
  }
}

void HelpDock::load(const QString& file, const QString& anchor) {
  if (file != file_) {
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) fail("{}", tr("%1: it cannot be read.").arg(file).toStdString());
    if (!file_.isEmpty()) before_ << file_;
    file_ = file;
    text_->setSearchPaths({QFileInfo(file).absolutePath()});
    text_->setMarkdown(QString::fromUtf8(source.readAll()));
  }
  scrollTo(anchor);
}

void HelpDock::scrollTo(const QString& anchor) {
  if (anchor.isEmpty()) {
    text_->verticalScrollBar()->setValue(0);
    return;
  }
  for (QTextBlock block = text_->document()->begin(); block.isValid(); block = block.next()) {
    if (block.blockFormat().headingLevel() == 0 || anchorOf(block.text()) != anchor) continue;
    text_->setTextCursor(QTextCursor(block));
    text_->verticalScrollBar()->setValue(
        int(text_->document()->documentLayout()->blockBoundingRect(block).top()));
    return;
  }
  problem_ = tr("%1 has no heading for #%2.").arg(QFileInfo(file_).fileName(), anchor);
}

void HelpDock::back() {
  if (before_.isEmpty()) return;
  const QString file = before_.takeLast();
  file_.clear();  // where it goes back from is not gone back to
  load(file, {});
}

}  // namespace discern::ui
