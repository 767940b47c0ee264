// The adapters, one file each; only the registry includes this.
#pragma once

#include "datasets/registry.h"

namespace discern::datasets {

Format folderFormat();
Format lfwFormat();
Format insightFaceBinFormat();
Format recordIoFormat();
Format scfaceFormat();
Format syntheticFacesFormat();
Format templateCsvFormat();
Format uccsFormat();
Format umdFacesFormat();

}  // namespace discern::datasets
