package dev.wonflow.testsupport.planted.cycle.tea;

import dev.wonflow.testsupport.planted.cycle.mug.Mug;

/** The other noun of the circle. */
public record Tea(Mug mug) {}
