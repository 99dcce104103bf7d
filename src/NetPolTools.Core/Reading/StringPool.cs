using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Gives one string for equal bytes, so that a label value that stands in a hundred thousand pods is one object. Not thread safe.
/// </summary>
/// <remarks>Hot: a table of its own, because a dictionary of strings would first need the string.</remarks>
public sealed class StringPool
{
    private const int MaxLength = 128;

    private string?[] _strings = new string?[1024];
    private ulong[] _hashes = new ulong[1024];
    private int _count;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0)
            return "";
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);

        var hash = Hash(utf8);
        var mask = _strings.Length - 1;
        var slot = (int)hash & mask;
        while (_strings[slot] is { } candidate)
        {
            if (_hashes[slot] == hash && Matches(candidate, utf8))
                return candidate;
            slot = (slot + 1) & mask;
        }

        var text = Encoding.UTF8.GetString(utf8);
        _strings[slot] = text;
        _hashes[slot] = hash;
        if (++_count * 2 > _strings.Length)
            Grow();
        return text;
    }

    public string Get(string text)
    {
        if (text.Length is 0 or > MaxLength / 3)
            return text;
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Get(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    internal static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length * Multiplier;
        while (utf8.Length >= 8)
        {
            hash = BitOperations.RotateLeft(hash ^ MemoryMarshal.Read<ulong>(utf8), 23) * Multiplier;
            utf8 = utf8[8..];
        }

        if (utf8.Length > 0)
            hash = BitOperations.RotateLeft(hash ^ Rest(utf8), 23) * Multiplier;
        return hash ^ (hash >> 32);
    }

    /// <summary>Fewer than eight bytes as a number.</summary>
    private static ulong Rest(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length >= 4)
            return MemoryMarshal.Read<uint>(utf8) | ((ulong)MemoryMarshal.Read<uint>(utf8[^4..]) << 32);
        return utf8[0] | ((ulong)utf8[utf8.Length / 2] << 8) | ((ulong)utf8[^1] << 16);
    }

    private static bool Matches(string candidate, ReadOnlySpan<byte> utf8)
    {
        if (candidate.Length == utf8.Length)
            return Ascii.Equals(utf8, candidate);

        return candidate == Encoding.UTF8.GetString(utf8);
    }

    private void Grow()
    {
        var (strings, hashes) = (_strings, _hashes);
        _strings = new string?[strings.Length * 2];
        _hashes = new ulong[strings.Length * 2];
        var mask = _strings.Length - 1;
        for (var i = 0; i < strings.Length; i++)
        {
            if (strings[i] is null)
                continue;
            var slot = (int)hashes[i] & mask;
            while (_strings[slot] is not null)
                slot = (slot + 1) & mask;
            _strings[slot] = strings[i];
            _hashes[slot] = hashes[i];
        }
    }
}
