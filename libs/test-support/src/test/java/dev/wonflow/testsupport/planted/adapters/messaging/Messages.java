package dev.wonflow.testsupport.planted.adapters.messaging;

/** The other adapter. */
public final class Messages {}
