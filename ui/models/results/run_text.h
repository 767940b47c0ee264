// A stored run in words: the command that repeats it, how long it took, what came out. No widgets.
#pragma once

#include <QString>
#include <string>

#include "core/project/project.h"
#include "core/results/stored.h"

namespace discern::ui {

// As a person reads it, a number with so many digits: "yes", "0.25"; null: a dash.
QString valueText(const results::Value& value, int digits);
// The shell command with every option that is set, the
// seed among them: "discern score p.discern --floor 0.05".
QString runCommand(const project::RunRow& run, const QString& project);
// The status that a run is stored with, in the word of the window's buttons: stopped.
QString statusText(const project::RunRow& run);
QString runVersion(const project::RunRow& run);   // of Discern; empty: not recorded
QString runDuration(const project::RunRow& run);  // "2 min 5 s"; empty while it runs
// The numbers and names on the top level of its result; a failed run's sentence.
QString runHeadline(const project::RunRow& run);
// What a chart shows, for the line beneath it: "features demo · scores dscore · protocol templates · ddl
// rescale=auto". What is empty is left out.
QString contextText(const QString& features, const QString& scores, const QString& protocol,
                    const QString& how = {});
// An ISO time of the project (UTC) as the person's clock has it.
QString timeText(const std::string& iso);

}  // namespace discern::ui
