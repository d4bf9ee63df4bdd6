// Strings as small numbers, as base has them.
#pragma once

#include "base/interning.hpp"
