// What nearly every test includes beside it; precompiled once for all rooms' tests.
#pragma once
#include "pch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
