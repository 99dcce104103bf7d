BeforeAll {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $threeTier = Join-Path $PSScriptRoot '../manifests/three-tier'
    $hubble = Join-Path $PSScriptRoot '../flows/hubble.jsonl'
    $closed = @'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec: {podSelector: {matchLabels: {tier: database}}}
'@
}

Describe 'Compare-NetPolTraffic' {
    It 'tells which seen traffic a change breaks, and which policies do it' {
        $flow = Get-Content $hubble | Compare-NetPolTraffic $threeTier $closed -Apply -WarningAction SilentlyContinue
        "$flow" | Should -Be 'shop/api -> shop/db: TCP 3306 (Breaks)'
        $flow.Before, $flow.After, $flow.WasDenied | Should -Be 'Allowed', 'Denied', $false
        "$($flow.DeniedBy)" | Should -BeLike '*shop/db*isolates shop/db, and no rule allows it*'
    }

    It 'takes files, and tells what stays as it is where that is wanted' {
        Get-Item $hubble | Compare-NetPolTraffic $threeTier -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $all = Get-Item $hubble | Compare-NetPolTraffic $threeTier -IncludeUnchanged -WarningAction SilentlyContinue
        $all.Count | Should -Be 4
        ($all | Where-Object WasDenied).Location | Should -BeLike '*policies.yaml:2:1'
    }

    It 'counts records that take no part' {
        $null = Get-Content $hubble | Compare-NetPolTraffic $threeTier -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*1 of replies, 1 of other protocols than TCP, UDP and SCTP*take no part.'
    }

    It 'lists allowed connections that nobody was seen to use' {
        $unused = Get-Content $hubble | Compare-NetPolTraffic $threeTier -Unused -WarningAction SilentlyContinue | ForEach-Object { "$_" }
        $unused | Should -Contain 'shop/api -> shop/web: TCP 80'
        $unused | Should -Not -Contain 'shop/api -> shop/db: TCP 3306'
    }

    It 'tells no more than that the input cannot be read, where that is so' {
        Get-Content $hubble | Compare-NetPolTraffic (Join-Path $TestDrive none.yaml) -ErrorVariable problems -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $problems.Count | Should -Be 1
        "$problems" | Should -BeLike '*none.yaml*'
    }

    It 'has no answer without any traffic' {
        '' | Compare-NetPolTraffic $threeTier -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike '*hold no traffic*'
    }

    It 'refuses what makes no sense together' {
        { '' | Compare-NetPolTraffic $threeTier -Unused -IncludeUnchanged } | Should -Throw '*-Unused*'
        { '' | Compare-NetPolTraffic $threeTier -Apply } | Should -Throw '*-Difference*'
    }
}
