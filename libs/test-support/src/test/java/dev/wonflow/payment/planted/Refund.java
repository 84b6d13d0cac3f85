package dev.wonflow.payment.planted;

/** A class of the other service. */
public final class Refund {}
