package dev.semel.documents.blob;

import java.util.UUID;

/** @param location where its bytes are to be deleted */
record CollectedBlob(UUID location) {}
