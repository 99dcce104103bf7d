using System.Globalization;
using System.Text;
using System.Text.Json;
using NetPolTools.Sources;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Linting;

/// <summary>Writes documents anew as people write them: in blocks or in braces, with comments, blanks and line ends of one kind or another.</summary>
internal sealed class StyledYaml(Random random)
{
    private readonly string _newLine = random.Next(2) == 0 ? "\n" : "\r\n";
    private readonly bool _isJson = random.Next(6) == 0;
    private readonly bool _indentsLists = random.Next(2) == 0;
    private readonly int _flowFrom = random.Next(2, 9);
    private readonly bool _hasMark = random.Next(3) == 0;
    private readonly bool _endsLine = random.Next(4) != 0;

    /// <summary>The bytes of a file with the documents of a text.</summary>
    public byte[] Of(string yaml)
    {
        var documents = YamlSource.Parse(yaml);
        var text = _isJson
            ? $"{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [{_newLine}  {string.Join($",{_newLine}  ", documents.Select(Json))}]}}"
            : string.Join($"---{Comment()}{_newLine}", documents.Select(document => Block(document, 0, 0)));
        if (!_endsLine)
            text = text.TrimEnd('\r', '\n');
        else if (_isJson)
            text += _newLine;
        var bytes = Encoding.UTF8.GetBytes(text);
        return _hasMark ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes;
    }

    private string Block(SourceNode node, int indentation, int depth)
    {
        var text = new StringBuilder();
        var blanks = new string(' ', indentation);
        if (node.Kind == SourceNodeKind.Map)
        {
            foreach (var entry in node.Entries)
                text.Append(Line(blanks)).Append(blanks).Append(entry.Key.Value).Append(':').Append(Value(entry.Value, indentation, depth + 1));
            return text.ToString();
        }

        foreach (var item in node.Items)
        {
            text.Append(Line(blanks));
            if (item is { Kind: SourceNodeKind.Map, Entries.Count: > 0 } && !IsFlow(depth + 1))
                text.Append(blanks).Append("- ").Append(Block(item, indentation + 2, depth + 1).TrimStart(' '));
            else
                text.Append(blanks).Append("- ").Append(Flow(item)).Append(Comment()).Append(_newLine);
        }

        return text.ToString();
    }

    private string Value(SourceNode value, int indentation, int depth)
    {
        var isBlock = value is { Kind: SourceNodeKind.Map, Entries.Count: > 0 } or { Kind: SourceNodeKind.List, Items.Count: > 0 } && !IsFlow(depth);
        if (!isBlock)
            return $" {Flow(value)}{Comment()}{_newLine}";
        var inner = value.Kind == SourceNodeKind.Map || _indentsLists ? indentation + 2 : indentation;
        return $"{Comment()}{_newLine}{Block(value, inner, depth)}";
    }

    private string Flow(SourceNode node) => node.Kind switch
    {
        SourceNodeKind.Map => $"{{{Gap()}{string.Join($",{Gap()} ", node.Entries.Select(entry => $"{entry.Key.Value}: {Flow(entry.Value)}"))}{Gap()}}}",
        SourceNodeKind.List => $"[{string.Join(", ", node.Items.Select(Flow))}]",
        _ => node.IsDelimited ? $"'{node.Value}'" : node.Value,
    };

    private static string Json(SourceNode node) => node.Kind switch
    {
        SourceNodeKind.Map =>
            $"{{{string.Join(", ", node.Entries.Select(static entry => $"{JsonSerializer.Serialize(entry.Key.Value)}: {Json(entry.Value)}"))}}}",
        SourceNodeKind.List => $"[{string.Join(", ", node.Items.Select(Json))}]",
        _ => node.IsDelimited || !(int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _) || node.Value is "true" or "false")
            ? JsonSerializer.Serialize(node.Value) : node.Value,
    };

    private bool IsFlow(int depth) => depth >= _flowFrom;

    private string Gap() => random.Next(8) == 0 ? " " : "";

    private string Comment() => random.Next(5) == 0 ? "  # why: \"it\" is so {" : "";

    /// <summary>Something between two lines. An item begins behind its dash, so nothing may come between them: that is cut off.</summary>
    private string Line(string blanks) => random.Next(8) switch
    {
        0 when blanks.Length == 0 => $"# - a remark{_newLine}",
        1 when blanks.Length == 0 => _newLine,
        _ => "",
    };
}
