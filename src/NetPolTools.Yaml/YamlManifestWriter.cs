using System.Text;
using NetPolTools.Reading;
using NetPolTools.Writing;
using NetPolTools.Yaml.Scalars;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml;

/// <summary>
/// Writes manifests as YAML in the layout of <c>kubectl get -o yaml</c>. A string stands in quotes only where a reader of YAML 1.1 or 1.2 would
/// otherwise take it for something else: <c>"true"</c>, <c>"80"</c>, <c>"on"</c>; a text of several lines stands as a block.
/// </summary>
public static class YamlManifestWriter
{
    private static readonly EmitterSettings Settings = new(bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024, newLine: "\n");

    /// <summary>
    /// One document, which begins with <c>---</c>, so that documents written apart may stand in one file. Its last line has no end, unless that end is
    /// part of a text. Lines end in LF on every system.
    /// </summary>
    public static string Write(ManifestMap manifest)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.Write("---\n");
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, manifest);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return EndsInBreak(manifest) ? text.ToString() : text.ToString().TrimEnd('\n');
    }

    private static bool EndsInBreak(ManifestNode node) => node switch
    {
        ManifestMap { Fields: [.., var last] } => EndsInBreak(last.Value),
        ManifestList { Items: [.., var last] } => EndsInBreak(last),
        ManifestScalar scalar => scalar.Text.EndsWith('\n'),
        _ => false,
    };

    private static void Emit(Emitter emitter, ManifestNode node)
    {
        switch (node)
        {
            case ManifestMap map:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, map.Fields.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in map.Fields)
                {
                    emitter.Emit(Text(name, isKey: true));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case ManifestList list:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, list.Items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case ManifestScalar { Kind: ManifestTokenKind.String } text:
                emitter.Emit(Text(text.Text, isKey: false));
                break;
            case ManifestScalar { Kind: ManifestTokenKind.Null }:
                emitter.Emit(Scalar("null", ScalarStyle.Plain));
                break;
            case ManifestScalar other:
                emitter.Emit(Scalar(other.Text, ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Text(string text, bool isKey)
    {
        // Half of a surrogate pair has no place in UTF-8.
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return Scalar(whole, StringStyle.Of(whole, isKey));
    }

    private static Scalar Scalar(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
}
