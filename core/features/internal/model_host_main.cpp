#include "core/features/model_host.h"

int main(int argc, char** argv) { return discern::features::serveModel({argv + 1, argv + argc}); }
