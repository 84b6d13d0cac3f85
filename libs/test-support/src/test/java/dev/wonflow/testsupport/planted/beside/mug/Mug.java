package dev.wonflow.testsupport.planted.beside.mug;

/** The noun. */
record Mug(int millilitres) {}
