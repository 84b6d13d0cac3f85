package dev.wonflow.testsupport.planted.nullness;

/** A class in a package without package-info. */
final class Unmarked {}
