package dev.wonflow.testsupport.planted.cycle.mug;

import dev.wonflow.testsupport.planted.cycle.tea.Tea;

/** A noun that knows the one that knows it. */
public record Mug(Tea tea) {}
