package dev.semel.documents;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code semel.documents}.
 *
 * @param maxContentSize the largest content that is put by its hash; it is streamed, and not held in memory
 */
@ConfigurationProperties("semel.documents")
public record DocumentsProperties(@DefaultValue("100MB") DataSize maxContentSize) {}
