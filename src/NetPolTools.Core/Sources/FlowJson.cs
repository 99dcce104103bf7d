using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetPolTools.Sources;

/// <summary>Values in the short form of YAML as JSON.</summary>
internal static class FlowJson
{
    public static string Of(string yaml, SourceParser parse) => Of(parse(yaml)[0]);

    private static string Of(SourceNode node) => node.Kind switch
    {
        SourceNodeKind.Map => $"{{{string.Join(", ", node.Entries.Select(static entry => $"{Quoted(entry.Key.Value)}: {Of(entry.Value)}"))}}}",
        SourceNodeKind.List => $"[{string.Join(", ", node.Items.Select(Of))}]",
        _ => !node.IsDelimited && int.TryParse(node.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? node.Value : Quoted(node.Value),
    };

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
