// Texts that speak of samples, groups and identities in the words of the open project's kind.
#pragma once

#include <QString>
#include <functional>

#include "ui/models/project/session.h"

namespace discern::ui {

// {sample}, {samples}, {subject}, {subjects}, {group}, {groups}, {identity} and {identities} become the
// kind's words in the window's language; with a capital ({Sample}) they begin a sentence. {a sample} brings
// its article, {samples+n} is the dative plural of German.
QString inWords(const data::GroupKind& kind, QString text);

// Calls `say` now and whenever a project of another kind is open, as long as `owner` lives.
void followKind(Session& session, QObject* owner,
                const std::function<void(const data::GroupKind& kind)>& say);

}  // namespace discern::ui
