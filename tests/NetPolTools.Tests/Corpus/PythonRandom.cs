using System.Numerics;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// Python's random.Random, as of 3.11: the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998) and how choices are drawn from it, so that
/// a cluster made by a seed there is the same here.
/// </summary>
internal sealed class PythonRandom
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <param name="seed">As Python takes an integer: its absolute value, here of at most 32 bits.</param>
    public PythonRandom(uint seed)
    {
        _state[0] = 19650218;
        for (var i = 1; i < Length; i++)
            _state[i] = Mix(i, 1812433253) + (uint)i;

        // The reference's init_by_array, of an array of one number: that number is added in every step.
        var at = 1;
        for (var step = 0; step < Length; step++)
        {
            _state[at] = (_state[at] ^ Mix(at, 1664525)) + seed;
            at = Advance(at);
        }

        for (var step = 0; step < Length - 1; step++)
        {
            _state[at] = (_state[at] ^ Mix(at, 1566083941)) - (uint)at;
            at = Advance(at);
        }

        _state[0] = 0x80000000;
    }

    /// <summary>random(): 53 bits, from 0 up to, but not including, 1.</summary>
    public double NextDouble()
    {
        var (high, low) = (NextBits(27), NextBits(26));
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>randrange(end): bits are drawn until they make a number below the end.</summary>
    public int Below(int end)
    {
        var bits = 32 - BitOperations.LeadingZeroCount((uint)end);
        while (true)
        {
            var drawn = NextBits(bits);
            if (drawn < end)
                return (int)drawn;
        }
    }

    /// <summary>randrange(start, end).</summary>
    public int Between(int start, int end) => start + Below(end - start);

    /// <summary>choice(items).</summary>
    public T Choice<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>sample(items, count), for so few items that Python draws from a pool: what is drawn gives its place to the last.</summary>
    public T[] Sample<T>(IReadOnlyList<T> items, int count)
    {
        var pool = items.ToArray();
        var drawn = new T[count];
        for (var i = 0; i < count; i++)
        {
            var place = Below(pool.Length - i);
            drawn[i] = pool[place];
            pool[place] = pool[pool.Length - i - 1];
        }

        return drawn;
    }

    private uint Mix(int at, uint factor) => factor * (_state[at - 1] ^ (_state[at - 1] >> 30));

    /// <summary>From the last place the number is copied to the first, which is not mixed itself.</summary>
    private int Advance(int at)
    {
        if (at < Length - 1)
            return at + 1;
        _state[0] = _state[Length - 1];
        return 1;
    }

    private uint NextBits(int count) => Next() >> (32 - count);

    private uint Next()
    {
        if (_next == Length)
            Twist();
        var value = _state[_next++];
        value ^= value >> 11;
        value ^= (value << 7) & 0x9D2C5680;
        value ^= (value << 15) & 0xEFC60000;
        return value ^ (value >> 18);
    }

    private void Twist()
    {
        for (var i = 0; i < Length; i++)
        {
            var bits = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Length] ^ (bits >> 1) ^ (bits % 2 == 0 ? 0 : 0x9908B0DF);
        }

        _next = 0;
    }
}
