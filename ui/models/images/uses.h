// What today's operating point makes of every sample. No widgets; any thread.
#pragma once

#include <functional>
#include <vector>

#include "core/analysis/kept.h"
#include "ui/models/images/sample_table.h"

namespace discern::ui {

// The templates that `wanted` takes (null: all), as they are compared today by `who`; without the protocol's
// pairs, which may be millions.
data::Protocol templatesToday(const data::Protocol& protocol, const Snapshot& snapshot,
                              const analysis::Who& who,
                              const std::function<bool(const data::Template&)>& wanted = {});

// One a sample, by the table's scores and threshold: in templates as analysis::keptOf() has it of the
// protocol as it is compared today, outside of them whether the score is above the threshold. protocol may be
// null. of: nobody asks for others, whose templates are then passed over; empty: for all.
std::vector<analysis::Use> usesToday(const SampleTable& table, const data::Protocol* protocol,
                                     const std::vector<int>& of = {});

}  // namespace discern::ui
