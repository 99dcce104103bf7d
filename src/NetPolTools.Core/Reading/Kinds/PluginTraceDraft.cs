using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Reads an object that matters only for what it says about the network plugin: a ConfigMap, CustomResourceDefinition, or a plugin's own object. One that the
/// catalogue does not know is passed over.
/// </summary>
internal sealed class PluginTraceDraft(string kind) : ObjectDraft
{
    private readonly Dictionary<string, string> _values = [];

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "metadata")
            base.ReadField(name, fields);
        else if (kind == PluginTraceKinds.ConfigMap && name == "data")
            ReadData(fields.Tokens);
        else if (!PluginTraceKinds.AreBuiltIn(kind))
            Pick(fields.Tokens, name);
        else
            fields.Skip();
    }

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if (PluginCatalogue.Default.Vocabulary.Knows(kind, metadata.Name))
            return new PluginTrace(kind, metadata) { Values = _values };
        context.Skipped(kind);
        return null;
    }

    private void ReadData(ManifestTokenReader tokens) => QuietWalk.EachField(tokens, key => Keep(key, tokens));

    private bool Keep(string key, ManifestTokenReader tokens)
    {
        if (!PluginCatalogue.Default.Vocabulary.KnowsValue(kind, key))
            return false;
        if (QuietWalk.Text(tokens) is { } value)
            _values[key] = value;
        return true;
    }

    private void Pick(ManifestTokenReader tokens, string path)
    {
        if (Keep(path, tokens))
            return;
        if (PluginCatalogue.Default.Vocabulary.KnowsValueBelow(kind, path))
        {
            QuietWalk.EachField(tokens, name =>
            {
                Pick(tokens, $"{path}.{name}");
                return true;
            });
            return;
        }

        tokens.Skip();
    }
}
