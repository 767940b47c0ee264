// The words of the window in the language of its person.
#pragma once

#include <QCoreApplication>
#include <QString>
#include <string>

namespace discern::ui {

// For texts outside of classes that have a tr() of their own: Words::tr("No image yet").
class Words {
  Q_DECLARE_TR_FUNCTIONS(Words)
};

// What the engine describes (fields of jobs, registries, scores; resources/translations/engine.txt) in the
// window's language. A text that is not listed there stays as it is.
QString engineText(const std::string& text);
QString engineText(const QString& text);
QString engineText(const char* text);

}  // namespace discern::ui
