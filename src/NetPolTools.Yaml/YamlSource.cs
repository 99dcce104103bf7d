using NetPolTools.Sources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml;

/// <summary>The nodes of YAML and JSON with their places in the text, for those who point at it or change it.</summary>
public static class YamlSource
{
    private const int MaxDepth = 200;

    /// <summary>The documents of a text; what stands behind a mistake of syntax is left out.</summary>
    public static IReadOnlyList<SourceNode> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var documents = new List<SourceNode>();
        var parser = new Parser(new StringReader(text));
        try
        {
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart && parser.MoveNext())
                    documents.Add(Read(parser, text, 0));
            }
        }
        catch (YamlException)
        {
            // Reading the manifests has told what is wrong, and where.
        }

        return documents;
    }

    /// <summary>Reads the node that the parser stands on, and ends on its last event.</summary>
    private static SourceNode Read(Parser parser, string text, int depth)
    {
        var current = parser.Current!;
        var start = (int)current.Start.Index;
        if (depth > MaxDepth)
            throw new YamlException(current.Start, current.End, "Nested too deep.");
        switch (current)
        {
            case Scalar scalar:
                return new SourceNode(SourceNodeKind.Scalar, start, Trimmed(text, start, (int)scalar.End.Index))
                {
                    Value = scalar.Value,
                    IsDelimited = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted,
                    HasAnchor = !scalar.Anchor.IsEmpty,
                };
            case MappingStart map:
                return ReadMap(parser, map, text, depth);
            case SequenceStart list:
                return ReadList(parser, list, text, depth);
            default:
                return new SourceNode(SourceNodeKind.Alias, start, (int)current.End.Index);
        }
    }

    private static SourceNode ReadMap(Parser parser, MappingStart map, string text, int depth)
    {
        var entries = new List<SourceEntry>();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var key = Read(parser, text, depth + 1);
            parser.MoveNext();
            entries.Add(new SourceEntry(key, Read(parser, text, depth + 1)));
        }

        var isFlow = map.Style == MappingStyle.Flow;
        var end = isFlow ? AfterBracket(parser) : entries.Count > 0 ? entries[^1].Value.End : (int)map.Start.Index;
        return new SourceNode(SourceNodeKind.Map, (int)map.Start.Index, end) { Entries = entries, IsDelimited = isFlow, HasAnchor = !map.Anchor.IsEmpty };
    }

    private static SourceNode ReadList(Parser parser, SequenceStart list, string text, int depth)
    {
        var items = new List<SourceNode>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
            items.Add(Read(parser, text, depth + 1));
        var isFlow = list.Style == SequenceStyle.Flow;
        var end = isFlow ? AfterBracket(parser) : items.Count > 0 ? items[^1].End : (int)list.Start.Index;
        return new SourceNode(SourceNodeKind.List, (int)list.Start.Index, end) { Items = items, IsDelimited = isFlow, HasAnchor = !list.Anchor.IsEmpty };
    }

    /// <summary>The event for a closing bracket has no length.</summary>
    private static int AfterBracket(Parser parser) => (int)parser.Current!.Start.Index + 1;

    /// <summary>A block of text ends with the line after it.</summary>
    private static int Trimmed(string text, int start, int end)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end;
    }
}
