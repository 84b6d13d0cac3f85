package dev.wonflow.testsupport.planted.between.mug;

/** The noun. */
record Mug(int millilitres) {}
