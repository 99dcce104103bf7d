using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Events;

/// <summary>An event of the parser, and where in the <see cref="EventRecord"/> it leads.</summary>
/// <param name="Event">The event as the parser gave it.</param>
/// <param name="Link">
/// Of an alias: the index of the anchored node. Of the start of a recorded collection: the index behind its end, 0 while it is open.
/// </param>
internal readonly record struct RecordedEvent(ParsingEvent Event, int Link)
{
    public bool IsStart => Event is MappingStart or SequenceStart;

    public bool IsEnd => Event is MappingEnd or SequenceEnd;
}
