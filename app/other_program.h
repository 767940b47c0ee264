// Other programs, run to their end.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace discern::app {

std::filesystem::path thisProgram();  // empty: the system does not say
// Its exit code; -1: it could not be started or was ended by a signal. When `stop` is asked it gets SIGINT,
// and Cancelled is thrown when it has ended. quietly: without its standard output.
int runProgram(const std::filesystem::path& program, std::vector<std::string> arguments,
               const std::stop_token& stop, bool quietly = false);

}  // namespace discern::app
