BeforeAll {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $threeTier = Join-Path $PSScriptRoot '../manifests/three-tier'
}

Describe 'Get-NetPolPath' {
    It 'lists what comes into reach, hop by hop' {
        $paths = Get-NetPolPath $threeTier -From web
        $paths | ForEach-Object { "$_" } | Should -Be 'shop/web -> shop/api (1 hop)', 'shop/web -> shop/api -> shop/db (2 hops)'
        $paths[1].Steps | ForEach-Object { "$_" } | Should -Be 'shop/web -> shop/api: TCP 5000', 'shop/api -> shop/db: TCP 3306'
        "$($paths[1].Ports)" | Should -Be 'TCP 3306'
        $paths.Verdict | Should -Be 'Allowed', 'Allowed'
    }

    It 'tells what comes into reach of somebody outside' {
        Get-NetPolPath $threeTier -From outside | ForEach-Object { "$_" } | Should -Be @(
            'outside -> shop/web (1 hop)', 'outside -> shop/web -> shop/api (2 hops)', 'outside -> shop/web -> shop/api -> shop/db (3 hops)')
        $radius = Get-NetPolPath $threeTier -From outside -AsSummary
        "$radius" | Should -Be 'outside: 3 of 3 in reach'
        "$($radius.ChokePoints[0])" | Should -Be 'outside -> shop/web: TCP 80 (cuts off 3)'
    }

    It 'completes workloads, Services and the outside as the start' {
        (TabExpansion2 "Get-NetPolPath '$threeTier' -From out").CompletionMatches.CompletionText | Should -Be 'outside'
    }

    It 'takes snapshots and objects from the pipeline' {
        (Get-NetPolSnapshot $threeTier | Get-NetPolPath -From web -To db).Hops | Should -Be 2
    }

    It 'says which targets are out of reach' {
        $path = Get-NetPolPath $threeTier -From db -To web
        "$path" | Should -Be 'shop/web: out of reach'
        $path.Verdict, $path.Hops, $path.Steps.Count | Should -Be 'Denied', 0, 0
    }

    It 'explains each connection' {
        $steps = (Get-NetPolPath $threeTier -From web -To db -Explain).Steps
        "$($steps[1].Reasons)" | Should -BeLike '*policies.yaml:48:7) allows TCP 3306*'
    }

    It 'counts, and names the connections that cut off most' {
        $radius = Get-NetPolPath $threeTier -From web -AsSummary
        "$radius" | Should -Be 'shop/web: 2 of 2 in reach'
        $radius.ByHops | ForEach-Object { "$_" } | Should -Be '1 in 1 hop', '1 in 2 hops'
        $radius.ChokePoints | ForEach-Object { "$_" } |
            Should -Be 'shop/web -> shop/api: TCP 5000 (cuts off 2)', 'shop/api -> shop/db: TCP 3306 (cuts off 1)'
        "$($radius.ChokePoints[0].Connection.Reasons)" | Should -BeLike '*policies.yaml:32:7) allows TCP 5000*'
        (Get-NetPolPath $threeTier -From web -AsSummary -ChokePointCount 1).ChokePoints.Count | Should -Be 1
    }

    It 'refuses a name that matches nothing' {
        Get-NetPolPath $threeTier -From nobody -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*-From 'nobody' matches nothing*"
        Get-NetPolPath $threeTier -From web -To svc/db -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*names no Service*"
    }

    It 'refuses what has no place in a summary' {
        { Get-NetPolPath $threeTier -From web -AsSummary -Explain } | Should -Throw '*-AsSummary*'
        { Get-NetPolPath $threeTier -From web -ChokePointCount 3 } | Should -Throw '*-AsSummary*'
    }
}
