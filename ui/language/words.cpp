#include "ui/language/words.h"

namespace discern::ui {

QString engineText(const char* text) {
  return *text == '\0' ? QString() : QCoreApplication::translate("engine", text);
}

QString engineText(const std::string& text) { return engineText(text.c_str()); }
QString engineText(const QString& text) { return engineText(text.toUtf8().constData()); }

}  // namespace discern::ui
