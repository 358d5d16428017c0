package dev.semel.documents.blob;

/** @param number how many were not needed */
record CollectedBlobs(int number) {}
