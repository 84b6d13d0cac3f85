package dev.wonflow.testsupport.planted.common;

/** A class in a package that is a layer. */
final class Mug {}
