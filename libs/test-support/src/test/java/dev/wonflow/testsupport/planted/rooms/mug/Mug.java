package dev.wonflow.testsupport.planted.rooms.mug;

import dev.wonflow.testsupport.planted.rooms.MugId;

/** A noun. */
public record Mug(MugId id) {}
