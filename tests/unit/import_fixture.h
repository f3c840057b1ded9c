/* import_fixture.h - for the tests that import: intake_fixture.h, and the
 * shortest complete registration: unit, target group, a score. */
#ifndef IMPORT_FIXTURE_H
#define IMPORT_FIXTURE_H
#include "intake_fixture.h"

#define HEAD "unit;target_group;mental"
#define ROW "nord;mental;2"

#endif
