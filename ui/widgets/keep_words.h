// Texts of widgets, written with the places of inWords ("{samples}"), in the words of the open project's
// kind.
#pragma once

#include "ui/models/project/kind_words.h"

class QWidget;

namespace discern::ui {

// Of `root` and everything in it, as it is at this moment: texts, titles, tooltips, accessible names,
// placeholders, lists of choices and headers of tables. They follow the session's kind from now on.
void keepWords(Session& session, QWidget* root);

}  // namespace discern::ui
