package dev.wonflow.testsupport.planted.rooms.tea;

import dev.wonflow.testsupport.planted.rooms.mug.Mug;

/** A noun that knows another one. */
public record Tea(Mug mug) {}
