using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Settings of Cilium that a question gives: they count in place of what the ConfigMap cilium-config of the input says, or does not say.</summary>
public sealed class GivenCiliumSettings : IEquatable<GivenCiliumSettings>
{
    public static readonly GivenCiliumSettings None = new([]);

    private readonly ImmutableSortedDictionary<string, string> _values;

    private GivenCiliumSettings(IEnumerable<KeyValuePair<string, string>> values)
    {
        _values = values.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <param name="settings">Keys of the ConfigMap with their values.</param>
    /// <exception cref="FormatException">A key that changes no answer, a key that is there twice, or a value that Cilium does not take.</exception>
    public static GivenCiliumSettings Of(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var values = new Dictionary<string, string>();
        foreach (var (key, value) in settings)
        {
            if (CiliumSettings.Keys.FirstOrDefault(known => known.Key == key) is not { } known)
            {
                var meant = NearestNames.Question(NearestNames.Of(key, CiliumSettings.Keys.Select(static setting => setting.Key)));
                throw new FormatException($"'{key}' is no setting of Cilium that changes answers."
                    + (meant.Length > 0 ? meant : $" Expected one of {string.Join(", ", CiliumSettings.Keys.Select(static setting => setting.Key))}."));
            }

            if (!known.Takes(value))
                throw new FormatException($"'{value}' is no value of {key}; expected {known.Expected}.");
            if (!values.TryAdd(key, value))
                throw new FormatException($"{key} is given twice; expected one value.");
        }

        return values.Count == 0 ? None : new GivenCiliumSettings(values);
    }

    /// <summary>Reads texts such as <c>enable-policy=always</c>.</summary>
    /// <exception cref="FormatException">One of them is none.</exception>
    public static GivenCiliumSettings Parse(IEnumerable<string> texts) => Of(texts.Select(static text => text.IndexOf('=') is > 0 and var at
        ? KeyValuePair.Create(text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new FormatException($"'{text}' is no setting of Cilium; expected key=value, such as enable-policy=always.")));

    /// <summary>The cluster with these settings.</summary>
    public ClusterSnapshot ApplyTo(ClusterSnapshot snapshot)
    {
        if (_values.IsEmpty)
            return snapshot;
        var found = CiliumSettings.In(snapshot);
        var trace = found ?? new PluginTrace(
            "ConfigMap", new ObjectMetadata { Name = CiliumSettings.ConfigMap, Namespace = CiliumSettings.SystemNamespace })
        {
            IsOnlyGiven = true,
        };
        trace = trace with { Values = trace.Values.ToImmutableDictionary().SetItems(_values), Given = _values.Keys.ToImmutableHashSet() };
        return snapshot.With([.. snapshot.PluginTraces.Where(other => !ReferenceEquals(other, found)), trace]);
    }

    public bool Equals(GivenCiliumSettings? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as GivenCiliumSettings);

    public override int GetHashCode() => _values.Aggregate(0, static (hash, setting) => HashCode.Combine(hash, setting.Key, setting.Value));

    /// <summary><c>enable-policy=always</c>, with a comma between them.</summary>
    public override string ToString() => string.Join(", ", _values.Select(static setting => $"{setting.Key}={setting.Value}"));
}
