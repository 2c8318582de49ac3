package dev.numberferry.simulation;

/** A write that is still on its way, though its caller has given it up. */
record Late(String words, Call.Effect effect) {}
