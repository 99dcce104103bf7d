BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $snapshot = Get-NetPolSnapshot $threeTier

    function Get-Pair { $input | ForEach-Object { "$($_.Source)->$($_.Destination)" } }
}

Describe 'From and To' {
    It 'take <Pattern>' -ForEach @(
        @{ Pattern = 'db'; Expected = 'db' }
        @{ Pattern = 'shop/db'; Expected = 'db' }
        @{ Pattern = 'deploy/db'; Expected = 'db' }
        @{ Pattern = 'Deployment/d?'; Expected = 'db' }
        @{ Pattern = 'sh*/d*'; Expected = 'db' }
        @{ Pattern = 'app=db'; Expected = 'db' }
        @{ Pattern = 'tier in (database)'; Expected = 'db' }
        @{ Pattern = 'app!=web,app!=api'; Expected = 'db' }
        @{ Pattern = '*b'; Expected = 'db', 'web' }
        @{ Pattern = @('db', 'api'); Expected = 'api', 'db' }
    ) {
        ($snapshot | Get-NetPolReachability -To $Pattern -IncludeDenied).Destination | Sort-Object -Unique | Should -Be $Expected
        ($snapshot | Get-NetPolReachability -From $Pattern -IncludeDenied).Source | Sort-Object -Unique | Should -Be $Expected
    }

    It 'take the address of a pod as that pod, and any other as outside' {
        $pods = (New-Pod a -Address 10.1.2.3), (New-Pod b -Address 10.1.2.4)
        $pods | Get-NetPolReachability -From 10.1.2.3 -To b | Get-Line | Should -Be 'default/a -> default/b: All'
        $pods | Get-NetPolReachability -From 10.1.2.9 -To b | Get-Line | Should -Be '10.1.2.9 -> default/b: All'
    }

    It 'take a block as the pods in it and the addresses outside' {
        $pods = (New-Pod a -Address 10.1.2.3), (New-Pod b -Address 192.168.1.1)
        $pods | Get-NetPolReachability -From 10.0.0.0/8 -To b | Get-Line | Should -Be @(
            'default/a -> default/b: All'
            '10.0.0.0-10.255.255.255 -> default/b: All'
        )
    }

    It 'let -IPBlockIgnoresPods decide whether a block lets pods in, and a note says so' {
        $cluster = (New-Pod a -Address 10.1.2.3), (New-Pod b other),
            (New-Policy -Namespace other -Spec @{ ingress = @(@{ from = @(@{ ipBlock = @{ cidr = '10.0.0.0/8' } }) }) })
        $matching = $cluster | Get-NetPolReachability -From a -To b
        $matching.Verdict | Should -Be 'Allowed'
        $matching.Notes | Should -BeLike '*ipBlock*'
        $ignoring = $cluster | Get-NetPolReachability -From a -To b -IPBlockIgnoresPods -IncludeDenied
        $ignoring.Verdict | Should -Be 'Denied'
        $ignoring.Notes | Should -BeLike '*ipBlock*'
    }
}

Describe 'Port and Protocol' {
    It 'keep the connections that have one of the ports, and show these ports alone' {
        $snapshot | Get-NetPolReachability -From web -Port 5000, 9000-9010 -To api, web | Get-Line | Should -Be 'shop/web -> shop/api: TCP 5000'
        ($snapshot | Get-NetPolReachability -From web -To 203.0.113.7 -Port 443).Ports.ToString() | Should -Be 'TCP 443 UDP 443 SCTP 443'
        ($snapshot | Get-NetPolReachability -From web -To 203.0.113.7 -Port 443 -Protocol TCP).Ports.ToString() | Should -Be 'TCP 443'
        $snapshot | Get-NetPolReachability -To db -Protocol UDP | Should -BeNullOrEmpty
    }

    It 'take numbers as well as texts' {
        $snapshot | Get-NetPolReachability -To db -Port 3306 | Should -HaveCount 1
        $snapshot | Get-NetPolReachability -To db -Port '3306' | Should -HaveCount 1
        $snapshot | Get-NetPolReachability -To db -Port '3000-4000' | Should -HaveCount 1
    }

    It 'make a connection without these ports a denied one' {
        ($snapshot | Get-NetPolReachability -From api -To db -Port 80 -IncludeDenied).Verdict | Should -Be 'Denied'
    }
}

Describe 'Namespace' {
    It 'keeps what has an end in it, with wildcards' {
        $pods = (New-Pod a one), (New-Pod b two), (New-Pod c three)
        $pods | Get-NetPolReachability -Namespace t* -From a, b -To a, b, c | Get-Pair | Should -Be 'a->c', 'a->b', 'b->a', 'b->c'
        $pods | Get-NetPolReachability -Namespace three -From a, b -To a, b, c | Get-Pair | Should -Be 'a->c', 'b->c'
    }

    It 'says where a test looks for names that name none' {
        $pods = (New-Pod a one @{ app = 'a' }), (New-Pod b one), (New-Pod a two @{ app = 'a' }), (New-Pod b two), (New-Pod c three), (New-Policy -Namespace two)
        $pods | Test-NetPolReachability -Namespace one -From a -To b | Should -BeTrue
        $pods | Test-NetPolReachability -Namespace two -From a -To b | Should -BeFalse
        $pods | Test-NetPolReachability -Namespace two -From one/a -To pod/b | Should -BeFalse
        $pods | Test-NetPolReachability -Namespace one -From app=a -To one/b | Should -BeTrue
        $pods | Test-NetPolReachability -Namespace th*, one -From c -To a | Should -BeTrue
        { $pods | Test-NetPolReachability -Namespace * -From a -To c } | Should -Throw -ErrorId 'AmbiguousName,*'
        { $pods | Test-NetPolReachability -Namespace one, away -From a -To b } | Should -Throw "-Namespace 'away' matches no namespace of the input."
    }
}

Describe 'IncludeDenied' {
    It 'adds what is blocked, without ports' {
        $all = $snapshot | Get-NetPolReachability -IncludeDenied
        $allowed = $snapshot | Get-NetPolReachability
        $all.Count | Should -BeGreaterThan $allowed.Count
        $all | Where-Object Verdict -EQ Allowed | Get-Line | Should -Be ($allowed | Get-Line)
        $all | Where-Object Verdict -EQ Denied | ForEach-Object { $_.Ports.ToString() } | Sort-Object -Unique | Should -BeExactly 'None'
    }
}

Describe 'By' {
    BeforeAll {
        $owner = @{ ownerReferences = @(@{ apiVersion = 'apps/v1'; kind = 'StatefulSet'; name = 'web'; controller = $true }) }
        $pods = foreach ($i in 0, 1) {
            $pod = New-Pod "web-$i" shop
            $pod.metadata += $owner
            $pod
        }
        $pods += New-Pod client ops
    }

    It 'Workload shows pods of one owner as one' {
        $pods | Get-NetPolReachability -From client -To shop/* | Get-Line | Should -Be 'ops/client -> shop/web: All'
    }

    It 'Pod shows each pod' {
        $pods | Get-NetPolReachability -From client -To shop/* -By Pod | Get-Line | Should -Be 'ops/client -> shop/web-0: All', 'ops/client -> shop/web-1: All'
    }

    It 'Namespace shows namespaces' {
        $answer = $pods | Get-NetPolReachability -By Namespace | Where-Object { $_.SourceKind -eq 'Namespace' -and $_.DestinationKind -eq 'Namespace' }
        $answer | Get-Pair | Should -Be 'ops->shop', 'shop->ops', 'shop->shop'
    }
}
